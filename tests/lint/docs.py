#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the documents against the program: links, printed output, commands, the gallery.  Prints TAP.

    docs.py INITSCOPE            checks
    docs.py --write INITSCOPE    first writes anew what `$ initscope …` prints on the pages of docs/

In a block without a language, a line `$ initscope …` is followed by what the command prints; lines `initscope …` are
commands that work, one after the other, in a folder of the page's own.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))

BLOCK = re.compile(r"^```\n(.*?)^```$", re.M | re.S)
PRINTED = re.compile(r"(?<=^```\n)\$ (initscope [^\n]*)\n(.*?)(?=^```$)", re.M | re.S)
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def text_of(path):
    return path.read_text(encoding="utf-8")


def run(command, folder):
    environment = os.environ | {"PATH": f"{pathlib.Path(INITSCOPE).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


def anchors(path):
    """What a heading is called in a link, as GitHub and GitLab have it."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text_of(path))}


def link_problems():
    for page in [*PAGES, *sorted(ROOT.glob("*.md"))]:
        for link in LINK.findall(CODE.sub("", text_of(page))):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if re.match(r"\w+:", link):
                continue
            if not target.exists():
                yield f"{page.relative_to(ROOT)}: there is no {link}"
            elif anchor and anchor not in anchors(target):
                yield f"{page.relative_to(ROOT)}: {path or page.name} has no heading for #{anchor}"


def index_problems():
    linked = set(LINK.findall(text_of(DOCS / "README.md")))
    for page in PAGES:
        if page.name != "README.md" and page.name not in linked:
            yield f"docs/README.md does not lead to {page.name}"


def printed(match):
    return f"$ {match[1]}\n{run(match[1], ROOT).stdout}"


def output_problems():
    for page in PAGES:
        for match in PRINTED.finditer(text_of(page)):
            if match[0] != printed(match):
                yield f"{page.name}: “{match[1]}” prints something else now: tests/lint/docs.py --write INITSCOPE writes it"


def command_problems(page):
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for line in re.findall(r"^initscope .*$", "".join(BLOCK.findall(text_of(page))), re.M):
            result = run(line, folder)
            if result.returncode != 0:
                problems += [f"{page.name}: {line}", *result.stderr.splitlines()]
    return problems


def all_command_problems():
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for problems in pool.map(command_problems, PAGES):
            yield from problems


def gallery_problems():
    text = text_of(DOCS / "gallery.md")
    listed = json.loads(run("initscope list --json", ROOT).stdout)
    for kind, form in (("figures", "![{}, light theme]"), ("themes", ", {} theme](gallery/")):
        for item in listed[kind]:
            if form.format(item["label"] if kind == "figures" else item["label"].lower()) not in text:
                yield f"the gallery does not show {item['id']}: run tools/gallery"
    shown = {pathlib.Path(link).name for page in PAGES for link in LINK.findall(text_of(page))}
    for picture in sorted((DOCS / "gallery").iterdir()):
        if picture.name not in shown:
            yield f"no page shows docs/gallery/{picture.name}"


def main():
    if "--write" in sys.argv:
        for page in PAGES:
            page.write_text(PRINTED.sub(printed, text_of(page)), encoding="utf-8")
    report = tap.Report()
    report.check("every link leads somewhere", link_problems())
    report.check("the index has every page", index_problems())
    report.check("what is printed is the program's", output_problems())
    report.check("every command works", all_command_problems())
    report.check("the gallery has every figure and every theme, and no other picture", gallery_problems())
    return report.done()


if __name__ == "__main__":
    INITSCOPE = os.path.abspath(sys.argv[-1])
    sys.exit(main())
