#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clang-format does not see: licence lines, guards, tabs, long lines and files, names in headers."""

import pathlib
import re
import sys

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["src", "ui", "po", "tests", "tools", "resources", ".ci"]
SUFFIXES = [".c", ".h", ".py", ".build", ".sh"]
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"

# clang-format folds at 100; a text or a comment that would have to be cut may be longer.
MAX_COLUMNS = 120

# A file of src past this is two files.
MAX_LINES = 800

# Spelled in two halves so that this line is not one.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")

# "Type *name (" at the start of a line: what others can call.
DECLARATION = re.compile(r"^(?!static|typedef|extern|G_)[A-Za-z_][\w ]*[ *]\**(\w+)\s*\(", re.M)
TYPE = re.compile(r"^typedef\b[^;{]*?\b(\w+)\s*;|^\}\s*(\w+)\s*;", re.M)
MACRO = re.compile(r"^#\s*define\s+(\w+)", re.M)

COMMENT = r"/\*\*((?:(?!\*/).)*)\*/\s*"
DOCUMENTED_FUNCTION = re.compile(COMMENT + r"[\w\s*]*?\b(isc_\w+)\s*\(([^;{]*?)\)\s*(?:G_\w+[^;]*)?;", re.S)
DOCUMENTED_TYPE = re.compile(COMMENT + r"typedef (?:struct|enum)\n\{(.*?)\n\} (\w+);", re.S)


def sources():
    files = [ROOT / "meson.build"]
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                first = path.open("rb").readline()
                if path.suffix in SUFFIXES or path.name == "meson.build" or first.startswith(b"#!"):
                    files.append(path)
    return files


def show(path, number=None):
    name = str(path.relative_to(ROOT))
    return name if number is None else f"{name}:{number}"


def licence(path, lines):
    start = [line for line in lines[:2] if not line.startswith("#!")]
    if not start or LICENCE not in start[0]:
        yield f"{show(path)} does not begin with {LICENCE}"


def blanks(path, text, lines):
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield f"{show(path, number)} holds a tab"
        if line != line.rstrip():
            yield f"{show(path, number)} ends in blanks"
    if text and not text.endswith("\n") or text.endswith("\n\n"):
        yield f"{show(path)} does not end in one newline"


def long_lines(path, lines):
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield f"{show(path, number)} has {len(line)} columns: {MAX_COLUMNS} are allowed"


def long_file(path, lines):
    if len(lines) > MAX_LINES:
        yield f"{show(path)} has {len(lines)} lines: {MAX_LINES} are allowed"


def unfinished(path, lines):
    for number, line in enumerate(lines, 1):
        match = UNFINISHED.search(line)
        if match:
            yield f"{show(path, number)} says {match.group()}"


def guard(path, lines):
    if lines[1:2] != ["#pragma once"]:
        yield f"{show(path)} has no #pragma once in its second line"


def names(path, text):
    """Everything that a header of src declares carries the prefix."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for match in DECLARATION.finditer(plain):
        if not match.group(1).startswith(("isc_", "_isc_")):
            yield f"{show(path)} declares {match.group(1)}(), which does not begin with isc_"
    for match in TYPE.finditer(plain):
        name = match.group(1) or match.group(2)
        if not name.startswith("Isc"):
            yield f"{show(path)} declares the type {name}, which does not begin with Isc"
    for match in MACRO.finditer(plain):
        # One in small letters stands for a function.
        if not match.group(1).startswith(("ISC_", "isc_")):
            yield f"{show(path)} defines {match.group(1)}, which does not begin with ISC_"


def documentation(path, text):
    """A doc comment is of what follows it, and names parameters and members that there are."""
    for comment, name, parameters in DOCUMENTED_FUNCTION.findall(text):
        title = re.search(r"^[ *]*(isc_\w+):", comment, re.M)
        if title and title.group(1) != name:
            yield f"{show(path)} documents {title.group(1)}() in front of {name}()"
        known = re.findall(r"(\w+)\s*(?:\[\w*\])?\s*(?:,|$)", parameters)
        for parameter in re.findall(r"@(\w+):", comment):
            if parameter not in known:
                yield f"{show(path)} documents a parameter {parameter} that {name}() does not take"
    for comment, members, name in DOCUMENTED_TYPE.findall(text):
        for member in re.findall(r"^[ *]*@(\w+):", comment, re.M):
            if not re.search(rf"\b{member}\b", members):
                yield f"{show(path)} documents a member {member} that {name} does not have"


def main():
    problems = {kind: [] for kind in ("licence", "blanks", "unfinished", "long", "size", "guard", "names", "documentation")}
    for path in sources():
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        problems["licence"] += licence(path, lines)
        problems["blanks"] += blanks(path, text, lines)
        problems["unfinished"] += unfinished(path, lines)
        if path.suffix in (".c", ".h"):
            problems["long"] += long_lines(path, lines)
            if path.is_relative_to(ROOT / "src"):
                problems["size"] += long_file(path, lines)
        if path.suffix == ".h":
            problems["guard"] += guard(path, lines)
            if path.is_relative_to(ROOT / "src"):
                problems["names"] += names(path, text)
                problems["documentation"] += documentation(path, text)

    report = tap.Report()
    report.check("every source names its licence", problems["licence"])
    report.check("no tabs, no blanks at the end of a line, one newline at the end", problems["blanks"])
    report.check(f"no line of C above {MAX_COLUMNS} columns", problems["long"])
    report.check("nothing is left for later", problems["unfinished"])
    report.check(f"no file of src above {MAX_LINES} lines", problems["size"])
    report.check("every header is read once", problems["guard"])
    report.check("every name in a header has the prefix", problems["names"])
    report.check("doc comments name what there is", problems["documentation"])
    return report.done()


if __name__ == "__main__":
    sys.exit(main())
