#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmark beside its peers, alternating row by row, and prints medians and ratios.

    peers.py BENCH [NAME...]

Milliseconds of CPU time, one thread.  A ratio is the median of those of the rounds, in each of which both ran one
after the other.  A peer that is not installed is left out, by name.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# What the bench is run with; the peers get their kernels named below.
ENVIRONMENT = dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
os.environ.update(ENVIRONMENT)

# OpenBLAS of before 2023 does not know newer processors, and takes kernels for the oldest.
if os.path.exists("/proc/cpuinfo") and "avx512f" in open("/proc/cpuinfo", encoding="ascii").read():
    os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"

ROUNDS = 5
SECONDS = 0.3

# What a row is to reach: how often it is to be faster than its peer, or milliseconds.
TARGETS = {
    "uniform_ 256x784": 6,
    "uniform_ 4096x4096": 6,
    "normal_ 256x784": 4,
    "normal_ 4096x4096": 4,
    "trunc_normal_ 256x784": 10,
    "trunc_normal_ 4096x4096": 10,
    "trunc_normal_ of 2.11 256x784": 10,
    "sparse_ 256x784": 10,
    "sparse_ 1024x1024": 10,
    "orthogonal_ 256x784": 2.8,
    "orthogonal_ 784x256": 2.8,
    "orthogonal_ 1024x1024": 2,
    "histogram 100 1e6": 5,
    "histogram 100 1e7": 5,
    "card 1e6": 15,
    "kde 512 1e6": 5,
    "kde 512 1e7": 5,
    "new bandwidth 1e6": "0.3 ms",
    "new bandwidth 1e7": "0.3 ms",
    "spectrum 784x256": 1.6,
    "spectrum 1024x1024": 1.2,
    "spectrum 784x256 preview": 2.6,
    "spectrum 1024x1024 preview": 2.6,
    "picture 1e6": "16 ms",
    "sgd 2-8-8-2": "0.001 ms",
    "adam 2-8-8-2": 100,
    "sgd 10-64-32-3": 14,
    "adam 10-64-32-3": 15,
    "sgd 64-128-128-10": 2.7,
    "adam 64-128-128-10": 3.3,
    "sgd 784-256-128-10": 1.5,
    "adam 784-256-128-10": 1.7,
    "sgd 20x256": 1.4,
    "adam 20x256": 1.4,
    "sgd 100x128": 2.9,
    "adam 100x128": 3.3,
    "sgd cnn 8-16": 3.5,
    "adam cnn 8-16": 3.5,
    "8 runs of 784-256-128-10, 2 threads": 1.9,
    "report 1e5 png": 4,
    "report 1e5 svg": 6,
    "program 1e6 png": 10,
    "program 1e6 svg": 10,
    "program 1e6 pdf": 10,
}

# A million numbers from a file to a figure of their histogram and density, by a program that starts for it: in no
# process of the bench.
INITSCOPE = os.path.join(os.path.dirname(sys.argv[1]), "../../src/cli/initscope")
PROGRAMS = [f"program 1e6 {kind}" for kind in ("png", "svg", "pdf")]


def run_bench(*arguments):
    command = [sys.argv[1], *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout.splitlines()


FOLDER = tempfile.TemporaryDirectory()


def scratch(name):
    return os.path.join(FOLDER.name, name)


def numbers():
    """A million of them in a file."""
    path = scratch("numbers.npy")
    if not os.path.exists(path):
        command = [INITSCOPE, "weights", "--tensor", "1000,1000", "--init", "normal_()", "-o", path]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


class Peer:
    """@work does @steps units in a call; @once: it takes so long that one call a round has to do."""

    def __init__(self, name, work, steps=1, once=False):
        self.name = name
        self.work = work
        self.steps = steps
        self.once = once

    def median_ms(self):
        if not self.once:
            self.work()
        times = []
        start = time.process_time()
        while len(times) < (1 if self.once else 5) or (time.process_time() - start < SECONDS and len(times) < 2000):
            before = time.process_time()
            self.work()
            times.append(1e3 * (time.process_time() - before))
        return statistics.median(times) / self.steps


class Rscript(Peer):
    """R measures itself: starting it would take longer than the work."""

    def __init__(self, name, expression, n):
        super().__init__(name, None)
        self.script = (
            f"suppressMessages(library(KernSmooth)); x <- rnorm({n}); {expression};"
            f"t <- replicate(7, system.time({expression})[['user.self']]); cat(1e3 * median(t))"
        )

    def median_ms(self):
        return float(subprocess.run(["Rscript", "-e", self.script], check=True, capture_output=True, text=True).stdout)


class Program(Peer):
    """What a command takes from its start to its end."""

    def __init__(self, name, *command):
        super().__init__(name, None)
        self.command = command

    def median_ms(self):
        times = []
        for _ in range(7):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(self.command, check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
        return statistics.median(times)


class Ours(Peer):
    """A row of the bench, or the program itself."""

    def __init__(self, row):
        super().__init__(f"ours, {row}", None)
        self.row = row

    def median_ms(self):
        if self.row in PROGRAMS:
            figure = scratch(f"ours.{self.row[-3:]}")
            command = [INITSCOPE, "export", "histogram", "--input", numbers(), "-o", figure]
            return Program(self.name, *command).median_ms()
        return float(run_bench(self.row)[0].split("\t")[1])


def torch_rows(rows):
    import torch
    from torch import nn

    torch.set_num_threads(1)

    def init(row, shape, fill):
        w = torch.empty(*shape)
        rows[f"{row} {shape[0]}x{shape[1]}"] = Peer("torch", lambda: fill(w))

    for shape in ((256, 784), (4096, 4096)):
        init("uniform_", shape, nn.init.uniform_)
        init("normal_", shape, nn.init.normal_)
        init("trunc_normal_", shape, nn.init.trunc_normal_)
    init("xavier_uniform_", (256, 784), nn.init.xavier_uniform_)
    init("kaiming_normal_", (256, 784), nn.init.kaiming_normal_)
    init("trunc_normal_ of 2.11", (256, 784), nn.init.trunc_normal_)
    for shape in ((256, 784), (1024, 1024)):
        init("sparse_", shape, lambda w: nn.init.sparse_(w, 0.9))
    for shape in ((256, 784), (784, 256), (1024, 1024)):
        init("orthogonal_", shape, nn.init.orthogonal_)
    for shape in ((784, 256), (1024, 1024)):
        w = torch.randn(*shape)
        for suffix in ("", " preview"):
            name = f"spectrum {shape[0]}x{shape[1]}{suffix}"
            rows[name] = Peer("torch svdvals", lambda w=w: torch.linalg.svdvals(w))
    for size, n in (("1e6", 10**6), ("1e7", 10**7)):
        x = torch.randn(n)
        rows[f"histogram 100 {size}"] = Peer("torch histc", lambda x=x: torch.histc(x, 100))

    def training(model, shape, classes, batch, steps, make):
        x = torch.randn(batch, *shape)
        y = torch.randint(0, classes, (batch,))
        optimizer = make(model.parameters())

        def work():
            for _ in range(steps):
                optimizer.zero_grad()
                loss = nn.functional.cross_entropy(model(x), y)
                loss.backward()
                loss.item()
                torch.stack([p.grad.norm() for p in model.parameters()]).tolist()
                optimizer.step()

        return work, steps

    def perceptron(*sizes):
        layers = []
        for i, o in zip(sizes, sizes[1:]):
            layers += [nn.Linear(i, o), nn.ReLU()]
        return nn.Sequential(*layers[:-1])

    def cnn():
        pool = nn.ReLU(), nn.MaxPool2d(2)
        first, second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 16, 3, padding=1)
        return nn.Sequential(first, *pool, second, *pool, nn.Flatten(), nn.Linear(784, 10))

    for name, make in (("sgd", lambda p: torch.optim.SGD(p, lr=0.01)), ("adam", torch.optim.Adam)):
        for sizes, batch, steps in (
            ((2, 8, 8, 2), 10, 200),
            ((10, 64, 32, 3), 32, 200),
            ((64, 128, 128, 10), 64, 100),
            ((784, 256, 128, 10), 128, 20),
        ):
            row = f"{name} {'-'.join(map(str, sizes))}"
            rows[row] = Peer("torch", *training(perceptron(*sizes), sizes[:1], sizes[-1], batch, steps, make))
        for depth, width, batch in ((20, 256, 128), (100, 128, 64)):
            model = perceptron(64, *[width] * (depth - 1), 10)
            rows[f"{name} {depth}x{width}"] = Peer("torch", *training(model, (64,), 10, batch, 2, make))
        rows[f"{name} cnn 8-16"] = Peer("torch", *training(cnn(), (1, 28, 28), 10, 64, 5, make))


def numpy_rows(rows):
    import numpy

    def card(x):
        mean = x.mean()
        d = x - mean
        square = d * d
        variance = square.mean()
        return (
            mean,
            variance,
            (square * d).mean() / variance**1.5,
            (square * square).mean() / variance**2,
            x.min(),
            x.max(),
            numpy.quantile(x, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]),
        )

    for size, n in (("1e6", 10**6), ("1e7", 10**7)):
        x = numpy.random.default_rng(1).standard_normal(n, dtype=numpy.float32)
        rows[f"moments {size}"] = Peer("numpy std", lambda x=x: x.std())
        rows[f"card {size}"] = Peer("numpy", lambda x=x: card(x))
        rows[f"summary {size}"] = Peer("numpy histogram(auto)", lambda x=x: numpy.histogram(x, "auto"))


def scipy_rows(rows):
    import numpy
    from scipy.stats import gaussian_kde

    x = numpy.random.default_rng(1).standard_normal(10**6)
    grid = numpy.linspace(x.min(), x.max(), 512)
    rows["kde 512 1e6"] = Peer("scipy gaussian_kde", lambda: gaussian_kde(x)(grid), once=True)


def statsmodels_rows(rows):
    import numpy
    from statsmodels.nonparametric.kde import KDEUnivariate

    for size, n in (("1e6", 10**6), ("1e7", 10**7)):
        x = numpy.random.default_rng(1).standard_normal(n)
        rows[f"kde 512 {size}"] = Peer("statsmodels fft", lambda x=x: KDEUnivariate(x).fit(fft=True, gridsize=512))


def r_rows(rows):
    if not shutil.which("Rscript"):
        raise ModuleNotFoundError(name="R")
    for size, n in (("1e6", 10**6), ("1e7", 10**7)):
        rows[f"kde 512 {size}"] = Rscript("R bkde", "bkde(x, gridsize = 512)", n)
    draw = "hist(x, breaks = 200, freq = FALSE); lines(density(x)); invisible(dev.off())"
    opens = {
        "png": "png('{0}', width = 1200, height = 800)",
        "svg": "svg('{0}', width = 12, height = 8)",
        "pdf": "pdf('{0}', width = 12, height = 8)",
    }
    read = f"x <- readBin('{numbers()}', 'numeric', 1000032, size = 4)[-(1:32)]"
    for kind, opened in opens.items():
        expression = f"{{ {opened.format(scratch('r.' + kind))}; {draw} }}"
        rows[f"report 1e5 {kind}"] = Rscript("R hist, density", expression, 10**5)
        rows[f"program 1e6 {kind}"] = Program("R hist, density", "Rscript", "-e", f"{read}; {expression}")


def matplotlib_rows(rows):
    import io

    import matplotlib
    import numpy

    matplotlib.use("Agg")
    from matplotlib import pyplot

    x = numpy.random.default_rng(1).standard_normal(10**6, dtype=numpy.float32)

    def draw(kind):
        figure = pyplot.figure(figsize=(12, 8), dpi=100)
        pyplot.hist(x, bins=200, density=True)
        figure.savefig(io.BytesIO(), format=kind)
        pyplot.close(figure)

    for kind in ("png", "svg", "pdf"):
        rows[f"figure {kind}"] = Peer("matplotlib, histogram alone", lambda kind=kind: draw(kind))


def main():
    wanted = sys.argv[2:]
    peers = {}
    # A later peer of a row is a quicker one.
    for add in (torch_rows, numpy_rows, scipy_rows, statsmodels_rows, r_rows, matplotlib_rows):
        try:
            add(peers)
        except ImportError as missing:
            print(f"left out: {missing.name} is not installed")

    runs = "8 runs of 784-256-128-10, "
    peers[f"{runs}2 threads"] = Ours(f"{runs}1 thread")

    print(f"{'':36}{'ours, ms':>12}{'peer, ms':>12}{'ratio':>8}{'target':>9}  peer")
    for name in wanted or run_bench("--list") + PROGRAMS:
        peer = peers.get(name)
        ours, theirs = [], []
        for _ in range(2 if peer and peer.once else ROUNDS):
            ours.append(Ours(name).median_ms())
            if peer:
                theirs.append(peer.median_ms())
        line = f"{name:36}{statistics.median(ours):12.4f}"
        if peer:
            ratio = statistics.median(their / our for their, our in zip(theirs, ours))
            line += f"{statistics.median(theirs):12.4f}{ratio:8.1f}"
        else:
            line += " " * 20
        line += f"{TARGETS.get(name, ''):>9}"
        if peer:
            line += f"  {peer.name}"
        print(line.rstrip(), flush=True)


main()
