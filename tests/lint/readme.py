#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds README's table of schemes, its sample output and its commands against the program.  Prints TAP.

    readme.py README.md INITSCOPE
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

readme = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
initscope = sys.argv[2]


def output(*arguments):
    return subprocess.run([initscope, *arguments], check=True, capture_output=True, encoding="utf-8").stdout


def schemes_table():
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", readme, re.M)
    items = json.loads(output("list", "schemes", "--json"))["schemes"]
    return rows == [(item["id"], item["label"], item["summary"]) for item in items]


def figures_table():
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|$", readme, re.M)
    return all((item["id"], item["summary"]) in rows for item in json.loads(output("list", "figures", "--json"))["figures"])


def named(kind, pattern):
    """Whether the passage that @pattern finds names all of a kind, in the catalog's order."""
    (passage,) = re.findall(pattern, readme, re.M | re.S)
    items = json.loads(output("list", kind, "--json"))[kind]
    return re.findall(r"`(\w+)`", passage) == [item["id"] for item in items]


def sample_output():
    shown = re.search(r"^\$ initscope weights --layer 'Linear\(4, 3\)' --seed 42\n(.*?)```", readme, re.M | re.S)
    return shown and shown.group(1) == output("weights", "--layer", "Linear(4, 3)", "--seed", "42")


def commands():
    """Runs every command one after the other, as a person would, and the Lua file on a layer of each kind."""
    lines = re.findall(r"^initscope .*$", "".join(re.findall(r"^```\n(.*?)^```", readme, re.M | re.S)), re.M)
    (script,) = re.findall(r"^```lua\n(.*?)^```", readme, re.M | re.S)
    lines += [f"initscope weights --layer '{layer}' --init \"script('init.lua')\"" for layer in ("Linear(4, 3)", "GRU(4, 3)")]
    environment = os.environ | {"PATH": f"{pathlib.Path(initscope).resolve().parent}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "init.lua").write_text(script, encoding="utf-8")
        for line in lines:
            result = subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
            if result.returncode != 0:
                for note in [line, *result.stderr.splitlines()]:
                    print(f"# {note}")
                return False
    return len(lines) > 10


checks = [("the table of schemes is the catalog's", schemes_table),
          ("the table of figures is the program's", figures_table),
          ("the data sets are the catalog's", lambda: named("datasets", r"^## Data\n\n(.*?)\.\n\n")),
          ("the layers are the catalog's", lambda: named("layers", r"^## Layers\n\n(.*?)\.\n\n")),
          ("the activations are the catalog's", lambda: named("activations", r"^Activations: (.*?)\.\n")),
          ("the losses are the catalog's", lambda: named("losses", r"^Losses: (.*?)\.\n")),
          ("the optimizers are the catalog's", lambda: named("optimizers", r"^Optimizers: (.*?)\.\n")),
          ("the schedules are the catalog's", lambda: named("schedules", r"^Schedules: (.*?)\.\n")),
          ("the sample output is the program's", sample_output), ("every command works", commands)]
print(f"1..{len(checks)}")
failed = 0
for number, (name, check) in enumerate(checks, 1):
    good = bool(check())
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - README: {name}")
sys.exit(1 if failed else 0)
