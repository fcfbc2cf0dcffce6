#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs whole commands in a temporary folder, without a display.  Prints TAP.

    test_cli.py INITSCOPE MAN_PAGE
"""

import concurrent.futures
import csv
import gzip
import io
import json
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

INITSCOPE = os.path.abspath(sys.argv[1])
MAN_PAGE = pathlib.Path(sys.argv[2])

LAYER = ("--layer", "Linear(4, 3)")
# torch.manual_seed(42); torch.nn.Linear(4, 3), as PyTorch prints it: four decimals.
WEIGHT_42 = [0.3823, 0.4150, -0.1171, 0.4593]
BIAS_42 = [0.3694, 0.0677, 0.2411]

COMMANDS = ["weights", "code", "defaults", "run", "export", "export-all", "inspect", "check", "new", "list"]
KINDS = ["schemes", "layers", "activations", "losses", "optimizers", "schedules", "datasets", "figures", "themes", "examples",
         "lessons", "instructions", "quantities", "controls"]
SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-", "eps": b"%!PS-Adobe-",
              "csv": b"panel,title,mark,kind,label,color,x,y,low,high,row,column,value\n"}

tests = []


def test(function):
    tests.append(function)
    return function


class Result:
    def __init__(self, status, stdout, stderr):
        self.status = status
        self.stdout = stdout
        self.stderr = stderr

    @property
    def text(self):
        return self.stdout.decode("utf-8")


def environment(**changes):
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**env, **changes}


def initscope(*arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, **env):
    """Runs the program; bytes as stdin are piped to it."""
    piped = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    done = subprocess.run([INITSCOPE, *arguments], stdout=stdout, stderr=subprocess.PIPE,
                          env=environment(**env), timeout=120, check=False, **piped)
    return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def expect(good, message):
    if not good:
        raise AssertionError(message)


def succeed(*arguments, **options):
    result = initscope(*arguments, **options)
    expect(result.status == 0, f"{arguments}: status {result.status}: {result.stderr}")
    expect(result.stderr == "", f"{arguments}: standard error is not empty: {result.stderr}")
    return result


def listing():
    return sorted((str(path), path.stat().st_size) for path in pathlib.Path(".").rglob("*"))


def refuse(status, pattern, *arguments, **options):
    """The command fails with @status and one sentence that matches @pattern, and writes nothing."""
    before = listing()
    result = initscope(*arguments, **options)
    expect(result.status == status, f"{arguments}: status {result.status}, not {status}: {result.stderr}")
    expect(re.fullmatch(r"initscope: [^\n]+\n", result.stderr), f"{arguments}: not one sentence: {result.stderr!r}")
    expect(re.search(pattern, result.stderr), f"{arguments}: {result.stderr!r} does not say {pattern!r}")
    expect("(null)" not in result.stderr, f"{arguments}: {result.stderr!r}")
    expect(listing() == before, f"{arguments}: something was written: {listing()}")
    return result


def read(name):
    return pathlib.Path(name).read_bytes()


def write(name, content):
    pathlib.Path(name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return name


def npy_to_floats(content):
    """Shape and values of a .npy file of float32."""
    expect(content[:8] == b"\x93NUMPY\x01\x00", f"not a .npy file: {content[:8]}")
    (length,) = struct.unpack_from("<H", content, 8)
    header = content[10 : 10 + length].decode("ascii")
    expect("'descr': '<f4'" in header and "'fortran_order': False" in header, header)
    shape = tuple(int(extent) for extent in re.findall(r"\d+", re.search(r"'shape': \(([^)]*)\)", header).group(1)))
    values = struct.unpack_from(f"<{(len(content) - 10 - length) // 4}f", content, 10 + length)
    return shape, values


def npy(descr, shape, values):
    """A .npy file, written by hand."""
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".encode("ascii")
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    code = {"<f4": "f", "<i8": "q"}[descr]
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(values)}{code}", *values)


def expect_close(values, expected, what):
    # Half a unit of the fourth decimal, which is what the expected values are printed to.
    close = len(values) >= len(expected) and all(abs(a - b) <= 0.5001e-4 for a, b in zip(values, expected))
    expect(close, f"{what}: {values} are not {expected}")


def help_options(command):
    return re.findall(r"--[a-z-]+", re.sub(r"(?m)^.*Usage:\n.*\n", "", succeed(command, "--help").text))


# What works


@test
def weights_are_pytorchs():
    tensors = json.loads(succeed("weights", *LAYER, "--seed", "42", "--json").text)
    expect([tensor["name"] for tensor in tensors] == ["weight", "bias"], tensors)
    expect([tensor["shape"] for tensor in tensors] == [[3, 4], [3]], tensors)
    expect(tensors[0]["fan_in"] == 4 and tensors[0]["fan_out"] == 3 and tensors[0]["count"] == 12, tensors[0])
    expect_close(tensors[0]["first"], WEIGHT_42, "weight")
    expect_close(tensors[1]["first"], BIAS_42, "bias")


@test
def weights_table_names_each_tensor():
    lines = succeed("weights", *LAYER, "--seed", "42").text.splitlines()
    expect(len(lines) == 3 and lines[1].startswith("weight ") and lines[2].startswith("bias "), lines)


@test
def weights_table_says_whose_numbers_they_are():
    for scheme, line in (("kaiming_normal_()", None), ("keras.Ones()", None),
                         ("keras.HeNormal()", "PyTorch 2.12 · Keras's laws, our own random numbers")):
        text = succeed("weights", *LAYER[:2], "--init", scheme).text
        expect(text.splitlines()[3:] == ([line] if line else []), text)


@test
def weights_as_npz():
    expect(succeed("weights", *LAYER, "--seed", "42", "-o", "w.npz").stdout == b"", "something was printed")
    with zipfile.ZipFile("w.npz") as archive:
        expect(archive.namelist() == ["weight.npy", "bias.npy"], archive.namelist())
        expect(archive.testzip() is None, "a checksum is wrong")
        shape, weight = npy_to_floats(archive.read("weight.npy"))
        expect(shape == (3, 4) and len(weight) == 12, shape)
        expect_close(weight, WEIGHT_42, "weight")
        shape, bias = npy_to_floats(archive.read("bias.npy"))
        expect(shape == (3,), shape)
        expect_close(bias, BIAS_42, "bias")


@test
def weights_as_npy():
    succeed("weights", "--tensor", "3,4", "--init", "constant_(0.5)", "-o", "w.npy")
    expect(npy_to_floats(read("w.npy")) == ((3, 4), (0.5,) * 12), read("w.npy"))


@test
def weights_as_safetensors():
    succeed("weights", *LAYER, "--seed", "42", "-o", "w.safetensors")
    content = read("w.safetensors")
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    expect(header["weight"]["dtype"] == "F32" and header["weight"]["shape"] == [3, 4], header)
    for name, expected in (("weight", WEIGHT_42), ("bias", BIAS_42)):
        begin, end = header[name]["data_offsets"]
        expect_close(struct.unpack(f"<{(end - begin) // 4}f", content[8 + length + begin : 8 + length + end]),
                     expected, name)


@test
def weights_as_csv():
    succeed("weights", *LAYER, "--seed", "42", "-o", "w.csv")
    rows = [line for line in read("w.csv").decode("utf-8").splitlines() if not line.startswith("#")]
    expect_close([float(cell) for cell in rows[0].split(",")], WEIGHT_42, "first row")


@test
def weights_into_several_files_at_once():
    succeed("weights", *LAYER, "-o", "a.npz", "-o", "b.csv", "--output", "c.safetensors")
    expect([name for name, _ in listing()] == ["a.npz", "b.csv", "c.safetensors"], listing())


@test
def weights_of_a_tensor_and_of_a_network():
    (tensor,) = json.loads(succeed("weights", "--tensor", "256,784", "--init", "xavier_normal_()", "--json").text)
    expect(tensor["shape"] == [256, 784] and tensor["scheme"].startswith("xavier_normal_"), tensor)
    names = [entry["name"] for entry in json.loads(
        succeed("weights", "--network", "Linear(10, 64), ReLU(), Linear(64, 3)", "--json").text)]
    expect(names == ["0.weight", "0.bias", "2.weight", "2.bias"], names)
    network = "Conv2d(1, 8, 3), ReLU(), Conv2d(8, 16, 3, groups=2), BatchNorm2d(16)"
    entries = json.loads(succeed("weights", "--network", network, "--init", "orthogonal_()", "--json").text)
    expect([(entry["name"], entry["shape"], entry["scheme"]) for entry in entries] == [
        ("0.weight", [8, 1, 3, 3], "orthogonal_()"), ("0.bias", [8], "PyTorch default"),
        ("2.weight", [16, 4, 3, 3], "orthogonal_()"), ("2.bias", [16], "PyTorch default"),
        ("3.weight", [16], "PyTorch default"), ("3.bias", [16], "PyTorch default")], entries)


@test
def weights_of_every_layer():
    for item in json.loads(succeed("list", "layers", "--json").text)["layers"]:
        needed = ", ".join("Linear(4, 4)" if parameter["type"] == "modules" else "4"
                           for parameter in item["parameters"] if parameter["default"] is None)
        layer = ("--layer", f"{item['id']}({needed})")
        if item["id"] in ("MaxPool2d", "AvgPool2d", "Flatten", "Dropout", "Residual"):
            refuse(2, f"{item['id']} has no parameters", "weights", *layer)
            continue
        entries = json.loads(succeed("weights", *layer, "--json").text)
        expect(any("bias" not in entry["name"] for entry in entries), entries)
    layer = ("--layer", "LSTM(10, 20, num_layers=2, bidirectional=True)")
    entries = json.loads(succeed("weights", *layer, "--init", "orthogonal_()", "--json").text)
    expect(len(entries) == 16 and entries[-1]["name"] == "bias_hh_l1_reverse", entries)
    expect(all((entry["scheme"] == "orthogonal_()") == ("weight" in entry["name"]) for entry in entries), entries)


@test
def code_is_python():
    """Every layer, and every scheme with what it has to be given, in every language."""
    def sample(parameter):
        return {"number": "0.3", "integer": "2", "choice": f"'{(parameter.get('choices') or [''])[0]}'"}.get(parameter["type"])

    calls = []
    for scheme in json.loads(succeed("list", "schemes", "--json").text)["schemes"]:
        given = [sample(parameter) for parameter in scheme["parameters"] if parameter["default"] is None]
        if None not in given:
            calls.append(f"{scheme['id']}({', '.join(given)})")
    wholes = [("--layer", "LSTM(3, 4)"), ("--layer", "Conv2d(3, 8, 3, padding=1)"), ("article",), ("depth",), LAYER]

    def check(language):
        for arguments in wholes:
            compile(succeed("code", "--as", language, *arguments).text, language, "exec")
        for call in calls:
            scripts = (initscope("code", "--as", language, "--tensor", shape, "--init", call)
                       for shape in ("8,8", "8,4,3,3", "8"))
            script = next((script for script in scripts if script.status == 0), None)
            expect(script, f"{language}: {call}")
            compile(script.text, f"{language}: {call}", "exec")

    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(check, ("pytorch", "keras", "jax", "numpy")))


@test
def code_says_the_documents_words():
    text = succeed("code", *LAYER, "--init", "torch.nn.init.kaiming_normal_(nonlinearity='relu')", "--seed", "42").text
    expect(text == "import torch\nfrom torch import nn\n\ntorch.manual_seed(42)\nlayer = nn.Linear(4, 3)\n"
                   "nn.init.kaiming_normal_(layer.weight, nonlinearity='relu')\n", text)
    write("network.initscope", succeed("new", "zeros").stdout)
    for language in ("pytorch", "keras"):
        text = succeed("code", "--as", language, "network.initscope").text
        expect(all(f"inits['{label}'] = network" in text for label in ("Zeros", "All 0.1", "Kaiming")), text)
    # An option changes what the experiment says.
    expect("nn.init.zeros_(layer.bias)" in succeed("code", "article").text, "article")
    expect("nn.init.ones_(layer.bias)" in succeed("code", "article", "--bias", "ones_()").text, "--bias")


@test
def defaults_are_as_documented():
    for library in ("pytorch", "keras", "jax"):
        rows = json.loads(succeed("defaults", library, "--json").text)
        lines = succeed("defaults", library).text.splitlines()
        expect(len(lines) == len(rows) + 1 and len(rows) > 10, library)
        expect(all(row["agrees"] and line.startswith(row["name"] + " ") and line.endswith(" yes")
                   for row, line in zip(rows, lines[1:])), library)
    linear = json.loads(succeed("defaults", "--json", "--seed", "42").text)[0]
    expect(linear["documented"] == "bound" and abs(linear["documented_number"] - 784 ** -0.5) < 1e-15, linear)
    own = json.loads(succeed("weights", "--layer", "Linear(784, 256)", "--seed", "42", "--json").text)[0]
    expect(linear["max"] == own["max"] and linear["std"] == own["std"], (linear, own))
    for arguments in ([], ["--library", "keras", "--seed", "7", "--set", "bins=40"]):
        succeed("export", "defaults", *arguments, "-o", "defaults.svg")
        expect("do nothing" in read("defaults.svg").decode("utf-8"), arguments)


@test
def weights_replace_a_file_whole():
    write("w.csv", "old" * 10000)
    succeed("weights", *LAYER, "-o", "w.csv")
    expect([name for name, _ in listing()] == ["w.csv"] and b"old" not in read("w.csv"), listing())


@test
def run_writes_everything():
    result = succeed("run", "article", "--set", "epochs=2", "--traces", "t.csv", "--epochs", "e.csv", "--weights",
                     "w.npz", "--json")
    runs = json.loads(result.text)
    labels = [run["label"] for run in runs]
    expect(labels == ["Xavier", "Kaiming", "Normal", "PyTorch default"], labels)
    expect(all(run["steps"] == 64 and run["diverged_at"] is None for run in runs), runs)
    traces = list(csv.DictReader(io.StringIO(read("t.csv").decode("utf-8"))))
    expect(list(traces[0])[:7] == ["run", "seed", "step", "epoch", "loss", "lr", "grad_norm"], list(traces[0]))
    expect("grad_norm/0.weight" in traces[0] and len(traces) == 4 * 64, len(traces))
    last = traces[63]
    expect((last["run"], last["step"], last["epoch"]) == ("Xavier", "63", "1"), last)
    expect(abs(float(last["loss"]) - runs[0]["final_loss"]) < 1e-6, (last, runs[0]))  # float32 digits
    epochs = list(csv.DictReader(io.StringIO(read("e.csv").decode("utf-8"))))
    expect(list(epochs[0]) == ["run", "seed", "epoch", "train_loss", "test_loss", "test_accuracy", "seconds"], epochs[0])
    expect(len(epochs) == 8, len(epochs))
    with zipfile.ZipFile("w.npz") as archive:
        expect(archive.testzip() is None and len(archive.namelist()) == 4 * 6, archive.namelist())


@test
def run_writes_what_it_observed():
    result = succeed("run", "article", "--set", "steps=40", "--set", "observe_every=10", "--observations", "o.csv", "-q")
    expect(result.stdout == b"", result.text)
    rows = list(csv.DictReader(io.StringIO(read("o.csv").decode("utf-8"))))
    expect(list(rows[0])[:8] == ["run", "seed", "step", "kind", "name", "module", "count", "non_finite"], list(rows[0]))
    expect(len(rows) == 4 * 5 * (6 + 5), len(rows))
    expect(sorted({int(row["step"]) for row in rows}) == [0, 10, 20, 30, 40], "the steps")
    weight, relu = rows[0], rows[7]
    expect((weight["kind"], weight["name"], weight["count"], weight["dead"]) == ("parameter", "0.weight", "640", ""), weight)
    expect(abs(float(weight["norm"]) ** 2 - 640 * float(weight["rms"]) ** 2) < 1e-9 and weight["alike"] == "0", weight)
    expect((relu["kind"], relu["name"], relu["module"], relu["norm"]) == ("module", "1", "ReLU", ""), relu)
    expect(relu["count"] == str(256 * 64) and relu["low"] == "0" and 0 <= float(relu["dead"]) < 1, relu)
    succeed("run", "article", "--set", "steps=1", "--set", "observe_every=0", "--observations", "none.csv", "-q")
    expect(len(read("none.csv").splitlines()) == 1, "nothing was observed")


@test
def run_is_quiet_when_asked():
    expect(succeed("run", "article", "--set", "epochs=1", "--quiet").stdout == b"", "something was printed")
    expect(succeed("run", "article", "--set", "epochs=1", "-q").stdout == b"", "something was printed")
    lines = succeed("run", "article", "--set", "epochs=1").text.splitlines()
    expect(lines[4].startswith("PyTorch default"), "a row a run")


@test
def run_says_what_happened():
    many = "seeds=[0, 1, 2, 3]"
    text = succeed("run", "article", "--set", "epochs=30").text
    expect(re.search(r"^Kaiming reached [\d.]+ before Xavier, Normal and PyTorch default.$", text, re.M), text)
    text = succeed("run", "article", "--set", "epochs=30", "--set", many).text
    expect(re.search(r"^Kaiming reached [\d.]+ before Xavier in [\d.]+ of 4 seeds, before Normal in [\d.]+, ", text, re.M), text)
    runs = json.loads(succeed("run", "article", "--set", "epochs=30", "--json").text)
    expect(0 < runs[1]["steps_to_target"] <= runs[1]["steps"] and runs[1]["area"] > 0, runs)
    runs = json.loads(succeed("run", "article", "--set", "inits[0].weight=normal_(std=1e20)", "--json").text)
    verdict = runs[0]["verdicts"][0]
    expect((verdict["id"], verdict["level"], verdict["step"]) == ("diverged", "problem", runs[0]["diverged_at"]), verdict)


@test
def run_is_deterministic():
    for name, env in (("a.csv", {}), ("b.csv", {}), ("c.csv", {"OPENBLAS_NUM_THREADS": "2"})):
        succeed("run", "article", "--set", "epochs=3", "--traces", name, "--quiet", **env)
    expect(read("a.csv") == read("b.csv"), "two runs differ")
    expect(read("a.csv") == read("c.csv"), "the number of threads changes the numbers")


@test
def threads_change_no_byte():
    for reseed in ("true", "false"):
        files = []
        for threads in ("1", "2", "7"):
            names = [f"{threads}-{what}" for what in ("t.csv", "o.csv", "w.npz")]
            succeed("run", "article", "--set", "epochs=3", "--set", "seeds=[0, 1, 70]", "--set", f"reseed={reseed}",
                    "--quiet", "--threads", threads, "--traces", names[0], "--observations", names[1], "--weights", names[2])
            files.append([read(name) for name in names])
        expect(files[0] == files[1] == files[2], f"reseed={reseed}: the number of threads changes the numbers")
    for wrong in ("0", "-1", "1025", "two", "1.5", ""):
        refuse(2, re.escape(f"--threads: '{wrong}' is not a number of threads from 1 to 1024"), "run", "article",
               f"--threads={wrong}")


@test
def more_runs_than_memory_are_refused():
    seeds = "[" + ", ".join(str(seed) for seed in range(1000)) + "]"
    refuse(1, r"seeds: 1,000 runs of [\d.]+ GB each need [\d,]+ GB, and this machine has [\d.,]+ GB: take fewer seeds or "
           "inits, or smaller layers", "run", "article", "--set", "data=RandomClassification(samples=100, features=1000, "
           "classes=3)", "--set", "network=Linear(1000, 10000), ReLU(), Linear(10000, 3)", "--set", f"seeds={seeds}",
           "--set", "inits=[{\"label\": \"A\"}]")


@test
def run_set_changes_the_experiment():
    runs = json.loads(succeed("run", "article", "--set", "epochs=1", "--set", "inits[0].weight=zeros_()", "--set",
                              "inits[0].label=Größe, \"null\"", "--json", "--traces", "t.csv", LC_ALL="C").text)
    expect(runs[0]["label"] == "Größe, \"null\"", runs[0])
    expect(next(csv.DictReader(io.StringIO(read("t.csv").decode("utf-8"))))["run"] == runs[0]["label"], "CSV quoting")


@test
def run_reads_arrays():
    write("x.npy", npy("<f4", "(6, 2)", [0, 1, 1, 0, 1, 1, 0, 0, 2, 1, 1, 2]))
    write("y.npy", npy("<i8", "(6,)", [0, 1, 0, 1, 0, 1]))
    runs = json.loads(succeed("run", "article", "--set", "data=Arrays(inputs='x.npy', targets='y.npy')", "--set",
                              "network=Linear(2, 3), ReLU(), Linear(3, 2)", "--set", "epochs=1", "--json").text)
    expect(all(run["steps"] == 1 for run in runs), runs)


@test
def run_reads_tables():
    rows = [f"{'ab'[i % 2]},{i},{i % 2},{i % 3}" for i in range(20)]
    write("t.csv", ("word,x,y,z\n" + "\n".join(rows) + "\n").encode())
    write("t.csv.gz", gzip.compress(read("t.csv")))
    common = ("--set", "network=Linear(2, 3), ReLU(), Linear(3, 2)", "--set", "epochs=1", "--json", "--traces")
    succeed("run", "article", "--set", "data=CSV('t.csv', target='word', ignore='z')", *common, "a.csv")
    succeed("run", "article", "--set", "data=CSV('t.csv.gz', target=0, ignore='-1')", *common, "b.csv")
    expect(read("a.csv") == read("b.csv"), "compressed, and columns by number")
    runs = json.loads(succeed("run", "article", "--set", "data=CSV('t.csv', target='x', ignore='word', kind='values')", "--set",
                              "loss=MSELoss()", "--set", "network=Linear(2, 1)", "--set", "epochs=2", "--json").text)
    expect(all(run["steps"] == 2 and run["accuracy"] is None for run in runs), runs)


@test
def run_reads_images():
    write("x", struct.pack(">4BIII", 0, 0, 8, 3, 8, 4, 4) + bytes(range(128)))
    write("y", struct.pack(">4BI", 0, 0, 8, 1, 8) + bytes([0, 1] * 4))
    write("x.gz", gzip.compress(read("x")))
    files = []
    for images, name in (("x", "a.csv"), ("x.gz", "b.csv")):
        succeed("run", "article", "--set", f"data=IDX('{images}', 'y', '{images}', 'y', flatten=False)", "--set",
                "network=Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(8, 2)", "--set", "epochs=1", "--quiet", "--traces", name)
        files.append(read(name))
    expect(files[0] == files[1], "compressed")
    write("y", struct.pack(">4BI", 0, 0, 8, 1, 8) + bytes([0, 2] * 4))
    common = ("run", "article", "--set", "data=IDX('x', 'y')", "--set", "network=Linear(16, 3)", "--set", "epochs=1")
    expect("\nData: no training example is of class 1.\n" in succeed(*common).text, "an empty class")


@test
def run_diverging_is_a_result():
    runs = json.loads(succeed("run", "article", "--set", "optimizer=SGD(lr=1000000)", "--set", "epochs=2", "--json").text)
    expect(any(isinstance(run["diverged_at"], int) for run in runs), runs)


def figures():
    return [figure["id"] for figure in json.loads(succeed("list", "figures", "--json").text)["figures"]]


def export(name, figure, **env):
    outputs = [argument for ending in SIGNATURES for argument in ("-o", f"{name}.{ending}")]
    subject = [] if figure == "defaults" else ["article"]
    succeed("export", figure, *subject, "--set", "epochs=2", *outputs, **env)


def compare_exports(first, second):
    for ending, signature in SIGNATURES.items():
        content = read(f"{first}.{ending}")
        expect(content.startswith(signature), f"{first}.{ending} begins with {content[:16]}")
        expect(content == read(f"{second}.{ending}"), f"{first}.{ending} and {second}.{ending} differ")


@test
def export_of_every_figure_twice_is_the_same_bytes():
    for figure in figures():
        export(f"{figure}-1", figure)
        export(f"{figure}-2", figure)
        compare_exports(f"{figure}-1", f"{figure}-2")


def comma_locale():
    """Settings for a locale whose decimal point is a comma, made here if the system has none."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    for name in known:
        if re.fullmatch(r"(de|fr|es|it|nl)_[A-Z]{2}\.utf-?8", name, re.I):
            return {"LC_ALL": name}
    if not shutil.which("localedef"):
        return None
    folder = tempfile.mkdtemp(dir=os.environ["ISC_CLI_FOLDER"])
    subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", f"{folder}/de_DE.UTF-8"], capture_output=True,
                   check=False)
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": folder} if os.listdir(folder) else None


@test
def locale_changes_no_byte():
    env = comma_locale()
    expect(env, "there is no locale with a decimal comma and none can be made: install the package 'locales'")
    for figure in figures():
        export("plain", figure)
        export("comma", figure, **env)
        compare_exports("plain", "comma")
    for name, extra in (("plain", {}), ("comma", env)):
        succeed("run", "article", "--set", "epochs=1", "--quiet", "--traces", f"{name}.csv", **extra)
        succeed("weights", *LAYER, "--seed", "42", "-o", f"{name}-w.csv", **extra)
    expect(read("plain.csv") == read("comma.csv") and read("plain-w.csv") == read("comma-w.csv"), "a CSV file differs")
    printed = [succeed("weights", *LAYER, "--json", **extra).stdout for extra in ({}, env)]
    expect(printed[0] == printed[1], "--json differs")


@test
def export_takes_a_size_a_theme_and_a_resolution():
    look = ("--width", "80", "--height", "60", "--unit", "mm", "--dpi", "254", "--theme", "print", "--transparent")
    succeed("export", "histogram", *LAYER, *look, "-o", "f.png")
    expect(struct.unpack(">II", read("f.png")[16:24]) == (800, 600), struct.unpack(">II", read("f.png")[16:24]))
    succeed("export", "histogram", *LAYER, "-o", "g.png")
    expect(struct.unpack(">II", read("g.png")[16:24]) == (1200, 800), "the size without options")


@test
def export_writes_the_data_behind_a_figure():
    succeed("export", "heatmap", "--tensor", "2,2", "--init", "eye_()", "-o", "cells.csv")
    expect(read("cells.csv").decode().splitlines()[1:] == [
        "1,,1,image,,,0,0,,,0,0,1", "1,,1,image,,,1,0,,,0,1,0", "1,,1,image,,,0,1,,,1,0,0", "1,,1,image,,,1,1,,,1,1,1"], read("cells.csv"))
    succeed("export", "histogram", *LAYER, "--of", "weight", "-o", "a.csv")
    succeed("export", "histogram", *LAYER, "--of", "weight", "--theme", "dark", "--width", "90", "-o", "b.csv")
    expect(read("a.csv") == read("b.csv"), "the look changes the data")
    bars = [row for row in csv.DictReader(io.StringIO(read("a.csv").decode("utf-8"))) if row["kind"] == "bars"]
    area = sum(float(bar["y"]) * (float(bar["high"]) - float(bar["low"])) for bar in bars)
    expect(bars and abs(area - 1) < 1e-12, f"a density's bars have the area {area}")
    # The raw lines of the figure are the numbers that a run writes.
    settings = ("--set", "epochs=1", "--set", "steps=5")
    succeed("export", "loss", "article", *settings, "-o", "loss.csv")
    succeed("run", "article", *settings, "--quiet", "--traces", "t.csv")
    drawn = [(int(row["x"]), float(row["y"])) for row in csv.DictReader(io.StringIO(read("loss.csv").decode("utf-8")))
             if row["kind"] == "line"]
    traced = [(int(row["step"]) + 1, float(row["loss"])) for row in csv.DictReader(io.StringIO(read("t.csv").decode("utf-8")))]
    # Traces are written as the shortest text of a float32, figures as that of a double.
    expect(len(drawn) == len(traced) and all(a[0] == b[0] and abs(a[1] - b[1]) <= 1e-7 * b[1] for a, b in zip(drawn, traced)),
           f"{drawn} are not {traced}")


@test
def export_all_fills_a_folder():
    epochs = ("--set", "epochs=1")
    told = succeed("export-all", "article", *epochs, "-o", "all").text
    names = sorted(os.listdir("all"))
    empty = re.search(r"^Left out, with nothing to show: (.*)\.$", told, re.M).group(1).split(", ")
    expected = {name for name in figures() if name != "defaults"} - set(empty)
    expect(names == sorted([f"{name}.{kind}" for name in expected for kind in ("svg", "csv")]
                           + ["experiment.initscope"]), names)
    expect(f"Wrote {len(names)} files into all." in told, told)
    for figure in ("histogram", "loss", "activations"):
        succeed("export", figure, "article", *epochs, "-o", "one.svg", "-o", "one.csv")
        for kind in ("svg", "csv"):
            expect(read(f"one.{kind}") == read(f"all/{figure}.{kind}"), f"{figure}.{kind}")
    expect("no problems" in succeed("check", "all/experiment.initscope").text, "the experiment")
    write("all/notes.txt", "mine")
    told = succeed("export-all", "article", *epochs, "-o", "all", "--quiet").text
    expect(told == "" and read("all/notes.txt") == b"mine", "what else is in the folder is left alone")
    succeed("export-all", "all/histogram.svg", "--only", "weights", "--format", "pages", "--no-data", "-o", "pages")
    expect(sorted(os.listdir("pages")) == ["experiment.initscope", "figures.pdf"], os.listdir("pages"))
    expect("no problems" in succeed("check", "pages/figures.pdf").text, "pages hold the experiment")
    succeed("export-all", "article", "--only", "weights", "--format", "png", "--width", "300", "-o", "small")
    expect(struct.unpack(">2I", read("small/qq.png")[16:24]) == (300, 800), "the size of a PNG")


@test
def export_all_refuses():
    refuse(2, "name a folder with -o", "export-all", "article")
    refuse(2, "--format: 'csv' is none of", "export-all", "article", "--format", "csv", "-o", "all")
    refuse(2, "--only: 'x' is none of", "export-all", "article", "--only", "x", "-o", "all")
    write("file", "a regular file")
    long = ("--set", "epochs=1000000")
    refuse(1, "Not a directory", "export-all", "mnist", *long, "-o", "file")
    refuse(1, "No such file", "export-all", "mnist", *long, "-o", "nosuch/all")
    refuse(2, "neither", "export-all", "file", "-o", "all")


@test
def export_all_on_a_full_disk():
    # A limit on the size of files fails as a full disk does, where no disk can be filled.
    done = subprocess.run([INITSCOPE, "export-all", "article", "--only", "weights", "--format", "png", "-o", "all"],
                          env=environment(), capture_output=True, text=True, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)))
    expect(done.returncode == 1, done)
    expect(re.fullmatch(r"initscope: cannot write all/\S+: File too large; 1 file was written before\n", done.stderr),
           done.stderr)
    expect(os.listdir("all") == ["experiment.initscope"], os.listdir("all"))
    expect("no problems" in succeed("check", "all/experiment.initscope").text, "what was written is whole")
    done = subprocess.run([INITSCOPE, "export-all", "article", "--only", "weights", "-o", "none"],
                          env=environment(), capture_output=True, text=True, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
    expect(re.search(r"none/experiment.initscope: File too large; 0 files were written before", done.stderr), done)
    expect(not os.path.exists("none"), "a folder with nothing in it stays behind")


@test
def export_holds_text_as_text_or_as_outlines():
    for name, mark in (("svg", b"<text "), ("pdf", b"/FontFile"), ("eps", b"/FontName")):
        succeed("export", "histogram", *LAYER, "-o", f"default.{name}")
        for form in ("text", "outlines"):
            succeed("export", "histogram", *LAYER, "--text", form, "-o", f"{form}.{name}")
        expect(mark in read(f"text.{name}") and mark not in read(f"outlines.{name}"), name)
        expect(read(f"default.{name}") == read(f"text.{name}"), f"{name}: text is the default")
    refuse(2, "--text: 'paths' is none of text, outlines", "export", "histogram", *LAYER, "--text", "paths", "-o", "a.svg")


@test
def export_options_change_the_picture():
    pictures = {}
    for number, options in enumerate(
            [("histogram", *LAYER), ("histogram", *LAYER, "--no-kde"), ("histogram", *LAYER, "--no-density"),
             ("histogram", *LAYER, "--seed", "3"), ("histogram", *LAYER, "--pin", "default"), ("histogram", "article"), ("histogram", "article", "--seed", "3"),
             ("loss", "zeros", "--set", "epochs=2"), ("loss", "zeros", "--set", "epochs=2", "--log"),
             ("gradient-norms", "article", "--set", "epochs=2"),
             ("gradient-norms", "article", "--set", "epochs=2", "--of-run", "0"),
             ("gradient-norms", "article", "--set", "epochs=2", "--of-run", "1"),
             *(("loss", "article", "--set", "epochs=2", *option)
               for option in ((), ("--smooth", "0.9"), ("--smooth", "0.5"), ("--x", "epoch"))),
             *(("activations", "article", "--set", "epochs=2", *option)
               for option in ((), ("--at", "last"), ("--at", "30"), ("--of-run", "2"))),
             *(("weights-over-time", "article", "--set", "epochs=2", *option)
               for option in ((), ("--parameter", "2.weight"), ("--of-run", "1")))]):
        succeed("export", *options, "-o", f"{number}.svg")
        content = read(f"{number}.svg")
        expect(content not in pictures, f"{options} draws what {pictures.get(content)} does")
        pictures[content] = options
    for number, pin in enumerate(("", "default", "null")):
        succeed("export", "histogram", *LAYER, "--pin", pin, "-o", f"pin-{number}.svg")
        expect(read(f"pin-{number}.svg") == read("pin-0.svg"), f"--pin '{pin}' is another picture")


@test
def export_draws_one_tensor():
    lstm = ("--layer", "LSTM(8, 16)", "--bias", "chrono_(100)")
    for figure in ("histogram", "ecdf"):
        succeed("export", figure, *lstm, "-o", "all.svg")
        succeed("export", figure, *lstm, "--of", "bias_ih_l0", "-o", "one.svg")
        expect(read("all.svg") != read("one.svg"), f"{figure} --of draws every tensor")
    refuse(2, "--of: there is no tensor 'bias' among weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0", "export",
           "histogram", *lstm, "--of", "bias", "-o", "a.svg")
    refuse(2, "--of: loss", "export", "loss", "article", "--of", "0.weight", "-o", "a.svg")


@test
def export_draws_a_files_weights():
    succeed("weights", *LAYER, "--seed", "42", "-o", "w.npz", "-o", "w.safetensors")
    write("one.npy", npy("<f4", "(4,)", [1, 2, 3, 5]))
    write("nan.npy", npy("<f4", "(2,)", [float("nan"), 1]))
    write("none.npy", npy("<f4", "(0,)", []))
    for name, words in (("w.npz", "weight of w.npz"), ("w.safetensors", "weight of w.safetensors"),
                        ("one.npy", "tensor of one.npy"), ("nan.npy", "tensor of nan.npy"),
                        ("none.npy", "tensor of none.npy")):
        for output in ("a.svg", "b.svg"):
            succeed("export", "histogram", "--input", name, "--bins", "5", "-o", output)
        expect(f"<title>{words}</title>" in read("a.svg").decode("utf-8"), name)
        expect(read("a.svg") == read("b.svg"), f"{name}: two pictures differ")
    for arguments in (("article",), ("--seed", "3"), LAYER, ("--init", "zeros_()"), ("--set", "epochs=1")):
        refuse(2, "--input", "export", "histogram", "--input", "w.npz", *arguments, "-o", "c.png")
    refuse(2, "--input: loss", "export", "loss", "--input", "w.npz", "-o", "c.png")
    refuse(1, "cannot read nosuch.npz", "export", "histogram", "--input", "nosuch.npz", "-o", "c.png")
    refuse(2, r"\.safetensors", "export", "histogram", "--input", "a.svg", "-o", "c.png")


@test
def run_names_weights_by_run():
    one = ("--set", 'inits=[{"label": "A"}]', "--set", "epochs=1", "-q")
    for name, settings, first in (("one.npz", one, "0.weight.npy"),
                                  ("four.npz", ("--set", "epochs=1", "-q"), "Xavier/0.weight.npy"),
                                  ("seeds.npz", (*one, "--set", "seeds=7, 8"), "A/7/0.weight.npy")):
        succeed("run", "article", *settings, "--weights", name)
        with zipfile.ZipFile(name) as archive:
            expect(archive.namelist()[0] == first, archive.namelist())


@test
def run_shows_its_progress_to_a_terminal():
    # A terminal of its own for standard error; standard output stays a pipe.
    for quiet in (False, True):
        parent, child = pty.openpty()
        with subprocess.Popen([INITSCOPE, "run", "mnist", *(["--quiet"] if quiet else [])], env=environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=child) as process:
            os.close(child)
            shown = b""
            while True:
                try:
                    chunk = os.read(parent, 4096)
                except OSError:  # what Linux says when the other side is closed
                    break
                if not chunk:
                    break
                shown += chunk
        os.close(parent)
        expect(process.returncode == 0, f"status {process.returncode}: {shown}")
        if quiet:
            expect(shown == b"", shown)
        else:
            expect(re.search(rb"step [\d,]+ of 564, \d of 4 runs finished, loss [^\r]* to go", shown), shown)
            expect(shown.endswith(b"\r\x1b[K"), "the line is not taken away")
    expect(succeed("run", "article", "--set", "epochs=1").stderr == "", "progress where there is no terminal")


@test
def schedules_lead_runs():
    settings = ("--set", "inits=[{}]", "--set", "steps=40")
    succeed("run", "article", *settings, "--set", "schedule=LearningRateRange(0.001, 1)", "--traces", "t.csv", "--quiet")
    rates = [float(row["lr"]) for row in csv.DictReader(io.StringIO(read("t.csv").decode()))]
    expect(len(rates) == 40 and abs(rates[0] / 0.001 - 1) < 1e-6 and abs(rates[-1] - 1) < 1e-6, rates)
    expect(all(a < b for a, b in zip(rates, rates[1:])), rates)
    (run,) = json.loads(succeed("run", "article", *settings, "--set", "target_loss=5", "--json").text)
    expect(run["steps"] == 1 and run["steps_to_target"] == 1 and run["diverged_at"] is None, run)
    past = "OneCycleLR(0.1, total_steps=30)"
    refuse(2, r"schedule: OneCycleLR: the schedule ends after 30 steps, and the run has 40: give total_steps=40 or more",
           "run", "article", *settings, "--set", f"schedule={past}")
    # 1000 examples in batches of 32.
    refuse(2, r"schedule: OneCycleLR: .* the run has 32: ", "run", "article", "--set", "epochs=1", "--set", f"schedule={past}")
    refuse(2, r"schedule: OneCycleLR: Adagrad has no momentum", "run", "article", "--set", "optimizer=Adagrad()",
           "--set", "schedule=OneCycleLR(0.1)")
    for field, value in (("clip_grad_value", "0"), ("clip_grad_norm", "-1"), ("target_loss", '"x"'), ("observe_every", "-1"),
                         ("schedule", "StepLR()"), ("schedule", "CosineLR(3)")):
        refuse(2, f"{field}: ", "run", "article", "--set", f"{field}={value}")


@test
def inspect_measures_a_file():
    succeed("weights", *LAYER, "--seed", "42", "-o", "w.npz", "-o", "w.safetensors")
    made = json.loads(succeed("weights", *LAYER, "--seed", "42", "--json").text)
    for name in ("w.npz", "w.safetensors"):
        seen = {tensor["name"]: tensor for tensor in json.loads(succeed("inspect", name, "--json").text)}
        for tensor in made:
            for key in ("shape", "count", "non_finite", "mean", "std", "min", "max"):
                expect(seen[tensor["name"]][key] == tensor[key], (name, tensor["name"], key))
    (bias,) = json.loads(succeed("inspect", "w.npz", "bias", "--json").text)
    expect(bias["name"] == "bias" and bias["count"] == 3, bias)
    expect(len(succeed("inspect", "w.npz").text.splitlines()) == 3, "a row a tensor")


@test
def check_names_all_problems():
    expect(succeed("check", "article").text == "article: no problems\n", "article")
    document = json.loads(succeed("new", "article").text)
    document["epoch"] = 3
    document["batch"] = 4
    write("bad.initscope", json.dumps(document))
    result = refuse(2, "bad.initscope has 2 problems", "check", "bad.initscope")
    expect(len(result.text.splitlines()) == 2 and "epoch: " in result.text and "batch: " in result.text, result.text)
    succeed("check", "article", "--set", "epochs=2")
    result = refuse(2, "article has 2 problems", "check", "article", "--set", "network[0]=Linear(3, 16)")
    expect(result.text.startswith("network[0]"), result.text)
    refuse(2, "--set: ", "check", "article", "--set", "epochs=0")


LESSON = """title: Two ways
summary: One learns.
experiment: zeros
set: epochs = 2

# First
Look at *both*.

question: Which one
learns?
answer: Kaiming.
run: end
highlight: curve Kaiming
expect: loss of Zeros at end above 1
"""


@test
def check_knows_lessons():
    write("good.lesson", LESSON)
    expect(succeed("check", "good.lesson").text == "good.lesson: no problems\n", "good.lesson")
    succeed("check", "--run", "good.lesson")
    write("false.lesson", LESSON.replace("above 1", "below 1"))
    succeed("check", "false.lesson")
    result = refuse(2, "false.lesson has 1 problem$", "check", "--run", "false.lesson")
    expect(re.fullmatch(r"line 14: expected otherwise: loss of Zeros is 1\.\d+\n", result.text), result.text)
    refuse(2, "--set is for experiments", "check", "good.lesson", "--set", "epochs=3")
    refuse(2, "--run is for lessons", "check", "article", "--run")
    refuse(1, "cannot read missing.lesson", "check", "missing.lesson")
    write("bad.lesson", LESSON.replace("run: end", "runn: end").replace("curve K", "curve k").replace("zeros\n", "zeroes\n"))
    result = refuse(2, "bad.lesson has 2 problems", "check", "bad.lesson")
    expect([line.split(":")[0] for line in result.text.splitlines()] == ["line 3", "line 12"], result.text)
    expect("the nearest is 'run'" in result.text and "no example 'zeroes'" in result.text, result.text)
    # An experiment beside the lesson, and one within it.
    succeed("new", "zeros", "-o", "mine.initscope")
    for experiment in ("mine.initscope", succeed("new", "zeros").text):
        write("own.lesson", LESSON.replace("experiment: zeros", f"experiment: {experiment.rstrip()}"))
        succeed("check", "own.lesson")
    write("binary.lesson", b"\xff\xfe")
    refuse(2, "binary.lesson has 1 problem", "check", "binary.lesson")


@test
def the_guides_lesson_is_one():
    """What docs/lessons.md shows is a whole lesson, and tells the truth."""
    page = pathlib.Path(__file__).resolve().parents[2] / "docs" / "lessons.md"
    (lesson,) = re.findall(r"^```lesson\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    write("guide.lesson", lesson)
    succeed("check", "--run", "guide.lesson")
    expect(all(f"\n{word}:" in lesson for word in ("question", "answer", "highlight", "predict", "run", "expect")), lesson)


@test
def new_writes_every_lesson():
    for lesson in (item["id"] for item in json.loads(succeed("list", "lessons", "--json").text)["lessons"]):
        succeed("new", "--lesson", lesson, "-o", f"{lesson}.lesson")
        succeed("check", f"{lesson}.lesson")
    refuse(2, "no lesson 'zeroes': there are zeros", "new", "--lesson", "zeroes")


@test
def new_writes_every_example():
    for example in (item["id"] for item in json.loads(succeed("list", "examples", "--json").text)["examples"]):
        succeed("new", example, "-o", f"{example}.initscope")
        expect(succeed("new", example).stdout == read(f"{example}.initscope"), example)
        expect(json.loads(read(f"{example}.initscope"))["initscope"] == 1, example)
        succeed("check", f"{example}.initscope")
    expect(succeed("new").stdout == read("article.initscope"), "the first example is the one without a name")


@test
def experiment_comes_from_standard_input():
    succeed("check", "-", stdin=succeed("new", "zeros").stdout)


@test
def figures_give_their_experiment_back():
    epochs = ("--set", "epochs=1")
    expected = json.loads(succeed("run", "article", *epochs, "--json").text)
    for name in ("f.png", "f.svg", "f.pdf", "f.eps"):
        succeed("export", "loss", "article", *epochs, "-o", name)
        again = json.loads(succeed("run", name, "--json").text)
        expect([run["final_loss"] for run in again] == [run["final_loss"] for run in expected], f"{name}: another run")
        expect("no problems" in succeed("check", name).text, name)
        expect("no problems" in succeed("check", "-", stdin=read(name)).text, f"{name} from standard input")
        succeed("export", "loss", name, "-o", f"again-{name}")
        expect(read(name) == read(f"again-{name}"), f"{name}: another figure")


@test
def refuses_figures_without_an_experiment():
    succeed("export", "defaults", "-o", "d.png", "-o", "d.svg", "-o", "d.pdf", "-o", "d.eps")
    for kind in ("png", "svg", "pdf", "eps"):
        refuse(2, rf"d\.{kind}: the {kind.upper()} figure has no experiment inside", "run", f"d.{kind}")
    succeed("export", "loss", "article", "--set", "epochs=1", "-o", "l.svg")
    write("newer.svg", read("l.svg").replace(b"&quot;initscope&quot;: 1", b"&quot;initscope&quot;: 7"))
    refuse(2, r"newer\.svg: initscope: this file is of version 7: this program reads version 1", "run", "newer.svg")
    write("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF")
    refuse(2, r"photo\.jpg: this is neither an experiment nor a figure", "run", "photo.jpg")
    write("wide.initscope", b"")
    # A file of 200 MB without its blocks; it is refused by its size alone.
    os.truncate("wide.initscope", 200000000)
    write("blank.initscope", b" " * 5000)
    os.truncate("blank.initscope", 200000000)
    for name in ("wide.initscope", "blank.initscope"):
        before = time.monotonic()
        refuse(2, rf"{name}: .*(neither|200000000 bytes: at most 16777216 are read)", "run", name)
        expect(time.monotonic() - before < 2.0, f"{name} was read before it was refused")
    os.truncate("wide.initscope", 600000000)
    refuse(2, r"wide\.initscope is 600000000 bytes: at most 536870912 are read", "run", "wide.initscope")


@test
def list_knows_every_kind():
    everything = succeed("list").text
    expect(set(json.loads(succeed("list", "--json").text)) == set(KINDS), "list --json")
    for kind in KINDS:
        items = json.loads(succeed("list", kind, "--json").text)[kind]
        rows = succeed("list", kind).text.splitlines()
        expect(items and len(rows) == len(items) + 1, kind)
        expect(all(row.split()[0] == item["id"] and row in everything for row, item in zip(rows[1:], items)), kind)


@test
def list_says_all_of_one_thing():
    for kind in KINDS:
        for item in json.loads(succeed("list", kind, "--json").text)[kind]:
            expect(json.loads(succeed("list", kind, item["id"], "--json").text) == {kind: [item]}, item["id"])
    for kind, name, *parts in (("datasets", "CSV", "Source: ", "path              must be given  file, .csv, "),
                               ("schemes", "trunc_normal_", "Formula: ", "\nstd ", "number, above 0"),
                               ("figures", "loss", "loss: Loss\n"), ("examples", "article", "article: ")):
        text = succeed("list", kind, name).text
        expect(all(part in text for part in parts), text)
    refuse(2, "no data set 'CVS': the nearest is CSV", "list", "datasets", "CVS")
    refuse(2, "no 'los' among the figures", "list", "figures", "los")


@test
def list_says_all_of_a_descriptor():
    schemes = {item["id"]: item for item in json.loads(succeed("list", "schemes", "--json").text)["schemes"]}
    kaiming = schemes["kaiming_normal_"]
    for key in ("label", "summary", "formula", "citation", "caution", "library"):
        expect(isinstance(kaiming[key], str) and kaiming[key], (key, kaiming))
    expect(kaiming["own_stream"] is False and schemes["keras.HeNormal"]["own_stream"] is True, "own_stream")
    parameters = {parameter["name"]: parameter for parameter in kaiming["parameters"]}
    expect(parameters["mode"]["choices"] == ["fan_in", "fan_out"], parameters["mode"])
    std = {parameter["name"]: parameter for parameter in schemes["trunc_normal_"]["parameters"]}["std"]
    expect(std["type"] == "number" and std["min"] == 0 and std["above_min"] is True, std)
    for kind, items in json.loads(succeed("list", "--json").text).items():
        for parameter in (parameter for item in items for parameter in item.get("parameters", [])):
            expect(isinstance(parameter["type"], str) and parameter["help"], (kind, parameter))


@test
def help_at_every_level():
    for arguments in (["--help"], ["-h"], ["help"]):
        text = succeed(*arguments).text
        expect(all(re.search(rf"^  {command} ", text, re.M) for command in COMMANDS), text)
    for command in COMMANDS:
        text = succeed(command, "--help").text
        expect(f"initscope {command} [" in text and "--help" in text, text)
        expect(succeed(command, "-h").text == text, command)


@test
def version_is_said():
    expect(re.match(r"Initscope \d+\.\d+\.\d+\nGSL .*\n$", succeed("--version").text), succeed("--version").text)


@test
def interrupt_ends_a_long_run():
    for arguments in (["run", "mnist", "--set", "epochs=100000", "--traces", "t.csv"],
                      ["export", "loss", "mnist", "--set", "epochs=100000", "-o", "l.png"]):
        with subprocess.Popen([INITSCOPE, *arguments], env=environment(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            time.sleep(1)
            begin = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=60)
            seconds = time.monotonic() - begin
        expect(process.returncode == 130, f"status {process.returncode}: {stderr}")
        # A step takes milliseconds; the rest is room for a busy machine and for sanitizers.
        expect(seconds < 10, f"it took {seconds} s")
        expect(re.fullmatch(rb"initscope: [^\n]+\n", stderr), stderr)
        expect(listing() == [], listing())


# What is refused


@test
def refuses_wrong_schemes():
    out = ("-o", "a.npz")
    refuse(2, "kaiming_normal_", "weights", *LAYER, "--init", "kaiming_normall_()", *out)
    refuse(2, "fan_in.*fan_out", "weights", *LAYER, "--init", "kaiming_normal_(mode='fan')", *out)
    refuse(2, "at least 2 dimensions", "weights", "--tensor", "4", "--init", "xavier_uniform_()", *out)
    refuse(2, "needs a scheme", "weights", "--tensor", "4,4", *out)
    for layer, scheme, pattern in (("BatchNorm2d(8)", "kaiming_normal_()", "weight, of shape 8, in BatchNorm2d"),
                                   ("LSTM(8, 4)", "unit_forget_bias_()", "weight_ih_l0, of shape 16×8, in LSTM")):
        for command in (("weights", "-o", "a.npz"), ("export", "histogram", "-o", "a.svg")):
            refuse(2, f"weights.init: .* sets nothing here: .* {pattern}", *command, "--layer", layer, "--init", scheme)


@test
def refuses_wrong_layers():
    for layer, pattern in (("Linear(784)", "out_features"), ("Linear(0, 5)", "at least 1"),
                           ("Linear(1000000, 1000000)", "at most"), ("Linear(4, 3", "column 12"),
                           ("", "column 1"), ("Linaer(4, 3)", "nearest is Linear"), (b"Linear(\xff)", "UTF-8"),
                           ("Conv2d(4, 6, 3, groups=3)", "groups=3 does not divide in_channels=4"),
                           ("MultiheadAttention(9, 2)", "num_heads=2 does not divide embed_dim=9"),
                           ("BatchNorm1d(3, affine=False)", "no parameters")):
        refuse(2, pattern, "weights", "--layer", layer, "-o", "a.npz")
    refuse(2, r"network\[2\].* 4 .* 3 ", "weights", "--network", "Linear(4, 3), ReLU(), Linear(4, 2)", "-o", "a.npz")
    refuse(2, r"network\[1\]: LSTM .* can't be trained yet", "run", "article", "--set", "network=Linear(10, 3), LSTM(3, 3)")
    image, plain = "RandomClassification(101, (4, 3, 3), 2)", "RandomClassification(101, 4, 2)"
    for data, network, pattern in (
            (image, "Conv2d(4, 6, 5), Flatten(), Linear(6, 2)", r"network\[0\]: Conv2d: a kernel that reaches over 5 is "
             "larger than its input of 3"),
            (image, "Residual(Conv2d(4, 4, 1, groups=3)), Flatten(), Linear(36, 2)",
             r"network\[0\]\.f\[0\]: Conv2d: groups=3 does not divide in_channels=4"),
            (plain, "Linear(4, 3), BatchNorm1d(3), Linear(3, 2)", r"network\[1\]: BatchNorm1d .* the last batch of 101 "
             "examples has only 1.* such as 11"),
            (plain, "Linear(4, 3), Residual(Linear(3, 4)), Linear(3, 2)",
             r"network\[1\]: Residual: its modules make 4 of 3"),
            (plain, "Linear(4, 3), Residual(Linaer(3, 3)), Linear(3, 2)",
             r"network\[1\]: Residual: there is no layer or activation 'Linaer': the nearest is Linear"),
            (plain, "Linear(4, 2), Residual()", r"network\[1\]: Residual\(\) lacks modules")):
        settings = ("--set", f"data={data}", "--set", f"network={network}", "--set", "batch_size=10")
        refuse(2, pattern, "run", "article", *settings)
        write("unfit.initscope", json.dumps({"initscope": 1, "data": data, "network": network, "batch_size": 10}))
        result = refuse(2, "unfit.initscope has 1 problem", "check", "unfit.initscope")
        expect(re.match(pattern, result.text), result.text)
    for shape in ("0,4", "4,-4", "", "1000000,1000000", "99999999999999999999,9"):
        refuse(2, "--tensor", "weights", "--tensor", shape, "--init", "normal_()", "-o", "a.npz")


@test
def refuses_wrong_numbers():
    for seed in ("x", "", "1.5", "99999999999999999999"):
        refuse(2, "--seed", "weights", *LAYER, "--seed", seed, "-o", "a.npz")
    for option, value in (("--bins", "foo"), ("--bins", "100000000"), ("--bandwidth", "foo"), ("--bandwidth", "0"),
                          ("--range", "foo"), ("--stat", "foo"), ("--kernel", "foo"), ("--pytorch", "3")):
        refuse(2, f"initscope: {option}: .*{value}", "weights", *LAYER, option, value, "-o", "a.npz")


@test
def refuses_wrong_documents():
    article = succeed("new", "article").stdout
    write("truncated.initscope", article[:300])
    write("unknown.initscope", article.replace(b'"epochs"', b'"epoch"'))
    write("empty.initscope", b"")
    write("bytes.initscope", b"\xff\xfe")
    for command in (("run", "--traces", "t.csv"), ("export", "loss", "-o", "l.png")):
        refuse(2, "line 7", *command, "truncated.initscope")
        refuse(2, "epoch.*nearest is epochs", *command, "unknown.initscope")
        refuse(2, "empty", *command, "empty.initscope")
        refuse(2, "neither an experiment nor a figure", *command, "bytes.initscope")
        refuse(1, "cannot read nosuch.initscope", *command, "nosuch.initscope")
        refuse(1, "cannot read .*folder", *command, ".")
    refuse(2, "standard input", "check", "-", stdin=b"")
    refuse(2, "standard input", "check", "-", stdin=b"\xff")


@test
def refuses_code():
    refuse(2, "'julia': there are pytorch, keras, jax, numpy", "code", *LAYER, "--as", "julia")
    refuse(2, "--layer", "code")
    refuse(2, "dirac_ needs a weight of 3 to 5 dimensions", "code", *LAYER, "--init", "dirac_()")
    refuse(1, "nowhere", "code", "nowhere.initscope")


@test
def refuses_defaults():
    refuse(2, "'torch' are not known: those of pytorch, keras, jax are", "defaults", "torch")
    refuse(2, "--seed: 'x' is not a seed", "defaults", "--seed", "x")
    refuse(2, "name it with --library", "export", "defaults", "article", "-o", "d.png")
    refuse(2, "only --seed can be given", "export", "defaults", *LAYER, "-o", "d.png")
    refuse(2, "not known", "export", "defaults", "--library", "torch", "-o", "d.png")
    refuse(2, "--library: histogram", "export", "histogram", *LAYER, "--library", "keras", "-o", "d.png")
    refuse(2, "--input: defaults", "export", "defaults", "--input", "x.npy", "-o", "d.png")


@test
def refuses_wrong_settings():
    for setting, pattern in (("optimizer=Adam(lr=-1)", "lr=-1 must be at least 0"), ("batch_size=0", "batch_size"),
                             ("epochs=-3", "epochs"), ("epochs", "KEY=VALUE"), ("epoch=3", "nearest is epochs"),
                             ("inits[9].weight=zeros_()", r"0\.\.3"), ("loss=Foo()", "Foo"),
                             ("network=Linear(7, 3)", "7")):
        refuse(2, pattern, "run", "article", "--set", setting, "--traces", "t.csv", "--json")


@test
def refuses_wrong_arrays():
    write("x.npy", npy("<f4", "(6, 2)", [0, 1, 1, 0, 1, 1, 0, 0, 2, 1, 1, 2]))
    write("y.npy", npy("<i8", "(6,)", [0, 1, 0, 1, 0, 1]))
    write("short.npy", npy("<i8", "(5,)", [0, 1, 0, 1, 0]))
    write("beyond.npy", npy("<i8", "(6,)", [0, 1, 0, 7, 0, 1]))
    write("below.npy", npy("<i8", "(6,)", [0, 1, 0, -1, 0, 1]))
    write("cut.npy", read("x.npy")[:-8])
    common = ("--set", "network=Linear(2, 3), ReLU(), Linear(3, 2)", "--set", "epochs=1", "--traces", "t.csv")
    for status, inputs, targets, pattern in (
            (2, "x.npy", "short.npy", "6.*5|5.*6"), (2, "x.npy", "beyond.npy", "7"), (2, "x.npy", "below.npy", "-1"),
            (2, "cut.npy", "y.npy", "cut.npy"), (1, "nosuch.npy", "y.npy", "nosuch.npy")):
        refuse(status, pattern, "run", "article", "--set", f"data=Arrays(inputs='{inputs}', targets='{targets}')",
               *common)


@test
def refuses_wrong_tables():
    write("good.csv", b"x,y\n1,a\n2,b\n")
    write("ragged.csv", b"x,y\n1,a\n2,b,c\n")
    write("nan.csv", b"x,y\n1,a\nnan,b\n")
    write("x", struct.pack(">4BIII", 0, 0, 8, 3, 10000, 10000, 10000) + bytes(99))
    write("y", struct.pack(">4BI", 0, 0, 8, 1, 9) + bytes(9))
    for status, data, pattern in (
            (2, "CSV('ragged.csv')", r"ragged\.csv, line 3: it has 3 cells, and the lines above have 2"),
            (2, "CSV('nan.csv')", r"nan\.csv, line 3, column 'x': 'nan' is not a finite number"),
            (2, "CSV('good.csv', target='z')", r"good\.csv has no column target='z': it has 'x', 'y'"),
            (2, "CSV('good.csv', target=2.5)", r"target=2\.5 should be a name in quotes or a whole number"),
            (1, "CSV('nosuch.csv')", r"nosuch\.csv"), (2, "IDX('x', 'y')", r"x: 10000×10000×10000 is 1e\+12"),
            (2, "IDX('y', 'y', 'x')", "test_images are given without test_labels")):
        refuse(status, pattern, "run", "article", "--set", f"data={data}", "--set", "network=Linear(1, 2)")
    refuse(2, r"network\[0\]: Linear takes 10 inputs \(in_features\), and 1 comes from the data\n", "run", "article", "--set",
           "data=CSV('good.csv')")
    refuse(2, r"padding and all\n", "run", "mnist", "--set", "data=MNIST(flatten=False)", "--set", "network=Conv2d(1, 2, 31), Flatten()")


@test
def refuses_wrong_words():
    refuse(2, "nearest command is weights", "wieghts")
    refuse(2, "--bogus", "--bogus")
    for command in COMMANDS:
        refuse(2, "there is no option --bogus: the nearest is --", command, "--bogus")
        refuse(2, "one word too many", command, "one", "two", "three")
    for command in ("run", "export", "export-all", "inspect", "check"):
        refuse(2, f"{command}: name a", command)
    refuse(2, "no kind 'colours'", "list", "colours")
    refuse(2, "no example 'foo'", "new", "foo")
    refuse(1, "no display")
    refuse(1, "no display", DISPLAY="", WAYLAND_DISPLAY="")
    # What a file says is not obeyed by a terminal.
    refuse(1, r"cannot read a\. b:", "a.\x1bb")
    refuse(1, "cannot read nosuch.initscope: No such file", "nosuch.initscope")
    refuse(1, "cannot read nosuch/file: No such file", "nosuch/file")


@test
def refuses_several_shapes():
    for first, second in ((LAYER, ("--tensor", "3,4")), (LAYER, ("--network", "Linear(4, 3)")),
                          (("--tensor", "3,4"), ("--network", "Linear(4, 3)"))):
        refuse(2, "several", "weights", *first, *second, "-o", "a.npz")
        refuse(2, "several", "export", "histogram", *first, *second, "-o", "a.png")
    refuse(2, "none is", "weights", "-o", "a.npz")


@test
def refuses_wrong_figures():
    refuse(2, "histogram", "export", "histgram", *LAYER, "-o", "a.png")
    refuse(2, "--theme: there is no theme 'drak': there are light, ", "export", "histogram", *LAYER, "--theme", "drak", "-o", "a.png")
    for option, value in (("--unit", "cm"), ("--width", "-3"), ("--width", "nan"),
                          ("--height", "0"), ("--height", "x"), ("--dpi", "1e9"), ("--dpi", "-1")):
        refuse(2, f"{option}: '{value}'", "export", "histogram", *LAYER, option, value, "-o", "a.png")
    refuse(2, "outside", "export", "histogram", *LAYER, "--width", "90000", "-o", "a.png")
    for run in ("99", "-1", "x"):
        refuse(2, "--of-run", "export", "gradient-norms", "article", "--set", "epochs=1", "--of-run", run, "-o", "a.png")
    for figure, option, value, words in (
            ("loss", "--smooth", "1", "not a weight of the past"), ("loss", "--smooth", "-0.1", "not a weight of the past"),
            ("loss", "--smooth", "x", "not a weight of the past"), ("loss", "--x", "hours", "none of step, epoch, seconds"),
            ("activations", "--at", "-1", "none of first, last"), ("activations", "--at", "x", "none of first, last"),
            ("activations", "--smooth", "0.9", "no such choice"), ("loss", "--at", "last", "no such choice"),
            ("loss", "--parameter", "0.weight", "no such choice"), ("loss", "--of-run", "0", "no such choice"),
            ("weights-over-time", "--parameter", "9.weight", "no parameter '9.weight' among 0.weight, 0.bias")):
        refuse(2, f"{option}: .*{words}", "export", figure, "article", "--set", "epochs=1", option, value, "-o", "a.png")
    for option, value in (("--smooth", "0.9"), ("--x", "epoch"), ("--at", "last"), ("--of-run", "0")):
        refuse(2, f"{option}: .*no such choice", "export", "histogram", *LAYER, option, value, "-o", "a.png")
    refuse(2, "--log: the figure gradient-norms has no such choice", "export", "gradient-norms", "article", "--log", "-o", "a.png")
    refuse(2, "name an experiment", "export", "loss", "-o", "a.png")
    refuse(2, "--set does", "export", "loss", *LAYER, "-o", "a.png")
    refuse(2, "--set does", "export", "loss", "article", "--seed", "3", "-o", "a.png")
    refuse(2, "-o", "export", "histogram", *LAYER)
    for name in ("a.gif", "a", ""):
        refuse(2, r"\.png", "export", "histogram", *LAYER, "-o", name)


@test
def refuses_wrong_weight_files():
    refuse(2, "one tensor", "weights", *LAYER, "-o", "a.npy")
    for name in ("a.xyz", "a", "/dev/full"):
        refuse(2, r"\.npz", "weights", *LAYER, "-o", "ok.npz", "-o", name)
    write("text.npz", "no archive")
    write("text.txt", "no weights")
    refuse(1, "cannot read nosuch.npz", "inspect", "nosuch.npz")
    refuse(2, "text.npz", "inspect", "text.npz")
    refuse(2, r"\.safetensors", "inspect", "text.txt")
    succeed("weights", *LAYER, "-o", "w.npz")
    refuse(2, "no tensor 'foo'.*weight, bias", "inspect", "w.npz", "foo")


@test
def refuses_folders_that_cannot_be_written():
    write("file", "a regular file")
    for folder, reason in (("file", "Not a directory"), ("nosuch", "No such file")):
        refuse(1, reason, "weights", *LAYER, "-o", f"{folder}/a.npz")
        refuse(1, reason, "export", "histogram", *LAYER, "-o", f"{folder}/a.svg")
        refuse(1, reason, "run", "article", "--set", "epochs=1", "--traces", f"{folder}/t.csv")
        refuse(1, reason, "run", "article", "--set", "epochs=1", "--weights", f"{folder}/w.npz")
        refuse(1, reason, "new", "article", "-o", f"{folder}/a.initscope")
        # Said before the work: this would train for hours.
        long = ("--set", "epochs=1000000")
        refuse(1, reason, "run", "mnist", *long, "--traces", f"{folder}/t.csv")
        refuse(1, reason, "run", "mnist", *long, "--epochs", f"{folder}/e.csv")
        refuse(1, reason, "run", "mnist", *long, "--observations", f"{folder}/o.csv")
        refuse(1, reason, "run", "mnist", *long, "--weights", f"{folder}/w.npz")
        refuse(1, reason, "export", "loss", "mnist", *long, "-o", f"{folder}/l.png")
    refuse(2, r"one tensor", "run", "mnist", "--set", "epochs=1000000", "--weights", "w.npy")
    refuse(2, r"\.safetensors", "run", "mnist", "--set", "epochs=1000000", "--weights", "w.txt")
    refuse(2, "--of-run", "export", "gradient-norms", "mnist", "--set", "epochs=1000000", "--of-run", "9", "-o", "a.png")
    os.mkdir("folder.npz")
    refuse(1, "cannot write folder.npz", "weights", *LAYER, "-o", "folder.npz")


@test
def refuses_a_full_disk():
    # Their names end as the formats ask, and writing to what they lead to always fails.
    os.symlink("/dev/full", "full.npz")
    os.symlink("/dev/full", "full.png")
    for arguments in (["weights", *LAYER, "-o", "full.npz"], ["export", "histogram", *LAYER, "-o", "full.png"],
                      ["run", "article", "--set", "epochs=1", "--epochs", "/dev/full"],
                      ["new", "article", "-o", "/dev/full"]):
        refuse(1, "No space left", *arguments)
    for arguments in (["weights", *LAYER, "--json"], ["weights", *LAYER], ["code", *LAYER], ["defaults"], ["list"], ["list", "--json"], ["new"],
                      ["check", "article"], ["run", "article", "--set", "epochs=1", "--json"], ["--help"],
                      ["--version"], ["run", "--help"]):
        with open("/dev/full", "wb") as full:
            refuse(1, "No space left", *arguments, stdout=full)


# The manual


@test
def manual_names_every_command_and_option():
    page = MAN_PAGE.read_text(encoding="utf-8")
    expect(set(re.findall(r"^  ([a-z-]+) ", succeed("--help").text, re.M)) - {"initscope"} == set(COMMANDS), "--help")
    for command in COMMANDS:
        section = re.search(rf"^\.Ss {command}\n((?:(?!\.S[sh] ).*\n)*)", page, re.M)
        expect(section, f"the manual has no section on {command}")
        told = set(re.findall(r"Fl (-[a-z-]+)", section.group(1)))
        known = {option[1:] for option in help_options(command)}
        expect(known - told <= {"-help"}, f"{command}: the manual does not tell of {sorted(known - told)}")
        expect(told <= known, f"{command}: the manual tells of {sorted(told - known)}, which --help does not")


@test
def manual_is_clean():
    if not shutil.which("mandoc"):
        raise AssertionError("mandoc is not here: install the package 'mandoc'")
    found = subprocess.run(["mandoc", "-T", "lint", str(MAN_PAGE)], capture_output=True, text=True,
                           check=False)
    expect(found.returncode == 0 and not found.stdout, found.stdout + found.stderr)


def main():
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="initscope-cli-") as folder:
        os.environ["ISC_CLI_FOLDER"] = folder
        for number, function in enumerate(tests, 1):
            name = function.__name__.replace("_", " ")
            here = os.path.join(folder, f"{number}")
            os.mkdir(here)
            os.chdir(here)
            try:
                function()
                print(f"ok {number} - {name}", flush=True)
            except Exception as problem:  # pylint: disable=broad-except
                failed += 1
                print(f"not ok {number} - {name}", flush=True)
                for line in f"{type(problem).__name__}: {problem}".splitlines():
                    print(f"# {line}", flush=True)
            os.chdir(folder)
    return 1 if failed else 0


sys.exit(main())
