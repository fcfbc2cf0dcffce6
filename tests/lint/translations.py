#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what po/ lists and translates against the words of the window.  Prints TAP.

    translations.py XGETTEXT-ARGUMENT...
"""

import ast
import pathlib
import re
import subprocess
import sys

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
PO = ROOT / "po"

WORDS = re.compile(r'\b(?:N?_|C_|ngettext) \(|\btranslatable="yes"')
TRANSLATES = re.compile(r"\b(?:_|C_|ngettext) \(")
UNMARKED = re.compile(r'\.(?:label|summary|help|caution)\s*=\s*(?:\\\n\s*)?"')
CUT = re.compile(r'\b(?:N?_|ngettext) \([^;]*?"\s*(?:G_G\w+_FORMAT|PRI\w+)[^;]*?;', re.S)

# A message of a po file: its comments, its English and its translations.
ENTRY = re.compile(r"((?:^#.*\n)*)((?:^(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) .*\n(?:^\".*\n)*)+)", re.M)
PART = re.compile(r"^(msg\w+(?:\[\d\])?) ((?:\".*\"\n)+)", re.M)


def sources():
    for pattern in ("src/**/*.[ch]", "ui/*.ui"):
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def listed():
    return [line for line in (PO / "POTFILES").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def list_problems():
    names = listed()
    if names != sorted(names):
        yield "po/POTFILES is not sorted"
    for name in names:
        if not (ROOT / name).exists():
            yield f"po/POTFILES names {name}, which does not exist"
    for name, text in sources():
        if WORDS.search(text) and name not in names:
            yield f"{name} has words of the window and is not in po/POTFILES"


def read_messages(text):
    """(English, translations, whether it is fuzzy) of each message in a po file."""
    for comments, body in ENTRY.findall(text):
        if "#~" in comments:
            continue
        parts = {name: "".join(ast.literal_eval(line) for line in lines.splitlines()) for name, lines in PART.findall(body)}
        if parts.get("msgid"):
            key = (parts.get("msgctxt"), parts["msgid"])
            yield key, [text for name, text in parts.items() if name.startswith("msgstr")], "fuzzy" in comments


def template(arguments):
    command = ["xgettext", *arguments, "--output=-", f"--directory={ROOT}", f"--files-from={PO / 'POTFILES'}"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8")


def translation_problems(language, wanted):
    path = PO / f"{language}.po"
    result = subprocess.run(["msgfmt", "--check", "--check-accelerators=_", "--output-file=/dev/null", path],
                            capture_output=True, encoding="utf-8")
    if result.returncode != 0:
        yield from result.stderr.splitlines()
    messages = {key: (texts, fuzzy) for key, texts, fuzzy in read_messages(path.read_text(encoding="utf-8"))}
    for key in wanted:
        texts, fuzzy = messages.get(key, ([""], False))
        if not all(texts) or fuzzy:
            yield f"po/{language}.po {'is unsure of' if all(texts) else 'lacks'} “{key[1]}”"


def main():
    report = tap.Report()
    report.check("po/POTFILES lists every file with words", list_problems())
    report.check("only the window translates", [f"src/{name} translates" for name, text in
                                                ((name[4:], text) for name, text in sources() if name.startswith("src/"))
                                                if not name.startswith("app/") and TRANSLATES.search(text)])
    report.check("labels, summaries, helps and cautions are marked",
                 [f"{name} has one that is not in N_()" for name, text in sources()
                  if name.startswith(("src/catalog/", "src/views/")) and UNMARKED.search(text)])
    report.check("no message is cut by a macro", [f"{name} has {' '.join(match.group().split())[:60]}…" for name, text in sources()
                                                  for match in CUT.finditer(text)])
    extracted = template(sys.argv[1:])
    report.check("messages are whole", extracted.stderr.splitlines())
    wanted = [key for key, _, _ in read_messages(extracted.stdout)]
    for language in (PO / "LINGUAS").read_text(encoding="utf-8").split():
        report.check(f"{language}: every one of {len(wanted)} messages is translated", translation_problems(language, wanted))
    return report.done()


if __name__ == "__main__":
    sys.exit(main())
