#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what the sources and the catalog cite against BIBLIOGRAPHY.md.  Prints TAP.

    bibliography.py INITSCOPE
"""

import json
import pathlib
import re
import subprocess
import sys

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]

KEY = re.compile(r"\[([A-Z][A-Za-z]*\d\d)\]")
RULE = re.compile(r'\.citation = "(\w+)"')
ENTRY = re.compile(r"^- \[(\w+)\]", re.M)

# "Author, Author 2015, Title", perhaps behind a word that says for what; a program or a web page has no year.
WORK = re.compile(r"^(?:[a-z ]+: )?([^\d,]+?)(?:, [^\d]*?| et al\.| and .*?)? ((?:19|20)\d\d)\b")


def cited_keys():
    """Key to the files that name it."""
    keys = {}
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        text = path.read_text(encoding="utf-8")
        rules = RULE.findall(text) if path.is_relative_to(ROOT / "src" / "stats") else []
        for key in KEY.findall(text) + rules:
            keys.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return keys


def cited_works(initscope):
    """(item, first author, year) for every work that the catalog cites."""
    text = subprocess.run([initscope, "list", "--json"], check=True, capture_output=True, encoding="utf-8").stdout
    for items in json.loads(text).values():
        for item in items:
            for part in (item.get("citation") or "").split(";"):
                match = WORK.match(part.strip())
                if match:
                    yield item["id"], match.group(1), match.group(2)


def main():
    page = (ROOT / "BIBLIOGRAPHY.md").read_text(encoding="utf-8")
    entries = ENTRY.findall(page)
    keys = cited_keys()
    works = list(cited_works(sys.argv[1]))
    report = tap.Report()
    report.check("every key that is cited has an entry",
                 [f"{files[0]} cites [{key}]" for key, files in keys.items() if key not in entries])
    report.check("every entry with a key is cited, and there once",
                 [f"[{key}]" for key in entries if key not in keys or entries.count(key) > 1])
    report.check("every work that the catalog cites has an entry",
                 [f"{item} cites {author} {year}" for item, author, year in works
                  if not re.search(rf"^- (\[\w+\] )?{re.escape(author)}\b[^.*]* {year}\b", page, re.M)])
    report.check("the catalog cites works", [] if len(works) > 40 else [f"only {len(works)} are found"])
    return report.done()


if __name__ == "__main__":
    sys.exit(main())
