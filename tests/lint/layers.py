#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every #include and a few calls in src/ against the table of layers in ARCHITECTURE.md."""

import pathlib
import re
import sys

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"

PAGE = ROOT / "ARCHITECTURE.md"

# Outside headers a layer may include.
GLIB = r"(glib|glib-object|glib/[a-z0-9-]+)\.h"
FILES = r"(fcntl|unistd|sys/stat)\.h"
OUTSIDE = {
    "base": [GLIB, r"gsl/.*", r"cblas\.h", FILES, r"(dlfcn|stdatomic|malloc|signal)\.h"],
    "stats": [r"gsl/.*", r"gio/.*"],
    "script": [r"(lua|lauxlib|lualib)\.h", r"gio/.*", r"locale\.h"],
    "catalog": [r"gsl/.*", r"gio/.*", r"cblas\.h", r"lapacke?\.h"],
    "formats": [r"locale\.h", r"archive(_entry)?\.h", r"json-glib/.*"],
    "experiment": [r"json-glib/.*", r"gio/.*"],
    "engine": [r"cblas\.h", r"gio/.*", r"stdatomic\.h", r"unistd\.h"],
    "plot": [r"cairo(-[a-z]+)?\.h", r"png\.h"],
    "views": [FILES],
    "lessons": [r"gio/.*"],
    "cli": [GLIB, r"gio/.*", r"json-glib/.*", r"cairo\.h", r"gsl/gsl_version\.h", r"(semaphore|stdio|signal|stdatomic|locale)\.h", FILES],
    "app": [r"(gtk|gdk|gsk)/.*", r"adwaita\.h", r"graphene\.h", r"gio/.*", GLIB, r"cairo\.h", r"gsl/gsl_version\.h", r"(locale|stdatomic)\.h", FILES],
}
ANYWHERE = [r"(math|string|float|stdlib|stdarg|stdint|errno|xmmintrin|immintrin)\.h", r"glib(/gi18n)?\.h"]

# Headers that one file of a layer may include and no other.
ONLY_IN = {
    r"pango/.*": ["plot/text.c"],
    r"pthread\.h": ["engine/run.c", "engine/member.h", "app/training-job.c", "app/weights-job.c"],
    r"sys/file\.h": ["app/recovery.c"],
    r"sys/mman\.h": ["base/tensor.c"],
    r"sys/resource\.h": ["app/background.c"],
}

# Made from resources/ by the build.
GENERATED = re.compile(r"(datasets/isc-datasets|examples/isc-examples|lessons/isc-lessons|isc-[a-z]+)\.h")

THREADS = re.compile(
    r"\b(g_thread_(try_)?new|g_thread_pool_\w+|g_task_run_in_thread(_sync)?|pthread_create|thrd_create)\s*\("
)
# The command line's own thread does nothing but wait for the interrupt.
THREAD_FILES = ["engine/run.c", "app/autosave.c", "app/export-job.c", "app/training-job.c", "app/weights-job.c", "cli/main.c"]

# Stopping the program or writing to its terminal is for the files where a program begins.  Assertions
# about the program itself are not meant.
OUTPUT = re.compile(
    r"\b(_?exit|_Exit|quick_exit|abort|v?f?printf|v?dprintf|f?puts|f?putc|putchar|perror|g_print(?:err)?)\s*\("
)
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def strip(text):
    """@text with its comments and strings blanked and its lines kept."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def read_table():
    """The rows of ARCHITECTURE.md's table: the layers that each layer may include besides itself."""
    table = re.search(r"^\| layer \| may include \|.*\n\|[ |-]+\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"), re.M)
    arrows = {}
    for row in table.group(1).splitlines():
        layer, included = (cell.strip(" `") for cell in row.split("|")[1:3])
        words = re.findall(r"[a-z]+", included)
        if words[:2] == ["everything", "above"]:
            arrows[layer] = [above for above in arrows if above not in words[3:]]
        else:
            arrows[layer] = [] if words == ["none"] else words
    return arrows


def table_problems(arrows):
    """The order of the rows is the order of building: a row names rows above it, so no circle."""
    above = []
    for layer, included in arrows.items():
        for name in included:
            if name not in above:
                yield f"ARCHITECTURE.md: the row of {layer} names {name}, which is no row above it"
        above.append(layer)
    for name in sorted(arrows.keys() ^ OUTSIDE.keys()):
        yield f"{name} is a row of ARCHITECTURE.md or of OUTSIDE, not of both"


def quoted_problem(arrows, layer, header):
    top = header.split("/")[0]
    if "/" not in header:
        return None if GENERATED.fullmatch(header) else "is not included by its path from src/"
    if top not in arrows:
        return None if GENERATED.fullmatch(header) else "is in no layer"
    if top != layer and top not in arrows[layer]:
        return f"may not be included by {layer}"
    if header.endswith("-private.h") and top != layer:
        return f"is private to {top}"
    if not (SOURCE / header).exists():
        return "does not exist"
    return None


def outside_problem(layer, name, header):
    for pattern, files in ONLY_IN.items():
        if re.fullmatch(pattern, header):
            return None if name in files else f"may be included by {' and '.join(files)} alone"
    if any(re.fullmatch(pattern, header) for pattern in ANYWHERE + OUTSIDE[layer]):
        return None
    return f"is no library of {layer}"


def includes(arrows, layer, name, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        own, outside = match.groups()
        problem = quoted_problem(arrows, layer, own) if own else outside_problem(layer, name, outside)
        if own and own.endswith(".c"):
            problem = "is no header"
        if problem:
            yield f"src/{name}:{number}: {own or outside} {problem}"


def calls(name, text, pattern, what):
    for number, line in enumerate(strip(text).splitlines(), 1):
        match = pattern.search(line)
        if match:
            yield f"src/{name}:{number}: {match.group(1)}() {what}"


def main():
    report = tap.Report()
    arrows = read_table()
    report.check("the table of layers has no circle", table_problems(arrows))
    folders = sorted(path.name for path in SOURCE.iterdir() if path.is_dir())
    report.check("every folder of src is a layer", [f"src/{name} is in no row of the table" for name in folders if name not in arrows])

    for layer in [name for name in folders if name in arrows]:
        forbidden, threads, output = [], [], []
        for path in sorted((SOURCE / layer).rglob("*.[ch]")):
            name = str(path.relative_to(SOURCE))
            text = path.read_text(encoding="utf-8")
            forbidden += includes(arrows, layer, name, text)
            if name not in THREAD_FILES:
                threads += calls(name, text, THREADS, "starts a thread outside " + ", ".join(THREAD_FILES))
            if layer != "cli" and path.name != "main.c":
                output += calls(name, text, OUTPUT, "prints or ends the program outside a main.c")
        report.check(f"{layer}: includes follow the arrows", forbidden)
        report.check(f"{layer}: no thread of its own", threads)
        report.check(f"{layer}: neither prints nor exits", output)
    return report.done()


if __name__ == "__main__":
    sys.exit(main())
