#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the packages' files against the build, tools/packages and what is promised of them.  Prints TAP.

    packaging.py VERSION
"""

import json
import pathlib
import re
import sys

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEBIAN = ROOT / "packaging" / "debian"
FLATPAK = ROOT / "packaging" / "flatpak" / "io.github.initscope.Initscope.json"

# All that a window needs to show itself: files come through the portal, and nothing needs a network.
PERMISSIONS = ["--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri"]

# What debhelper and meson bring along.
IMPLIED = {"gcc", "libc6-dev", "ninja-build", "pkg-config"}


def packages(*uses):
    lines = (ROOT / "tools" / "packages").read_text(encoding="utf-8").splitlines()
    return {line.split()[1] for line in lines if line.split()[0] in uses}


def depends():
    """(always needed, needed for tests) of Build-Depends, without versions."""
    (text,) = re.findall(r"^Build-Depends: (.*?)^\S", (DEBIAN / "control").read_text(encoding="utf-8"), re.M | re.S)
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    return ({entry.split()[0] for entry in entries if "nocheck" not in entry},
            {entry.split()[0] for entry in entries if "<!nocheck>" in entry})


def debian_problems(version):
    first = (DEBIAN / "changelog").read_text(encoding="utf-8").splitlines()[0]
    if not first.startswith(f"initscope ({version}-"):
        yield f"the changelog begins with {first}, and the program is {version}"
    always, tests = depends()
    for name in sorted((packages("build") - IMPLIED) ^ (always - {"debhelper-compat", "pkgconf"})):
        yield f"{name} is either in tools/packages or in Build-Depends, not in both"
    for name in sorted(tests - packages("run", "test")):
        yield f"{name} is needed for the package's tests and not for tools/test"
    for name in ("copyright", "rules", "watch", "source/format", "upstream/metadata"):
        if not (DEBIAN / name).exists():
            yield f"there is no {name}"


def loaded_problems():
    """Libraries that the program loads by name when it first needs them, which no tool finds."""
    (text,) = re.findall(r"^Depends: (.*?)^\S", (DEBIAN / "control").read_text(encoding="utf-8"), re.M | re.S)
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        for name, number in re.findall(r'"(lib[a-z0-9-]+)\.so\.(\d+)"', path.read_text(encoding="utf-8")):
            if not re.search(rf"\b{name}-?{number}\b", text):
                yield f"{path.relative_to(ROOT)} loads {name}.so.{number}, which Depends does not name"


def licence_problems():
    """Whatever a folder of resources says of licences, Debian's copyright says too."""
    text = (DEBIAN / "copyright").read_text(encoding="utf-8")
    readme = (ROOT / "resources" / "datasets" / "README.md").read_text(encoding="utf-8")
    for names in re.findall(r"^\| (`.*?) \|", readme, re.M):
        folder = names.split("`")[1].split("/")[0]
        if f"resources/datasets/{folder}" not in text:
            yield f"nothing is said of resources/datasets/{folder}"
    for licence in set(re.findall(r"^License: (\S+)$", text, re.M)):
        if not re.search(rf"^License: {re.escape(licence)}\n ", text, re.M):
            yield f"the licence {licence} is named and not told"


def flatpak_problems():
    manifest = json.loads(FLATPAK.read_text(encoding="utf-8"))
    if manifest["id"] != FLATPAK.stem:
        yield f"its id is {manifest['id']}"
    if manifest["runtime"] != "org.gnome.Platform" or manifest["sdk"] != "org.gnome.Sdk":
        yield "its runtime is not GNOME's"
    if manifest["finish-args"] != PERMISSIONS:
        yield f"it may do {manifest['finish-args']}, and {PERMISSIONS} are promised"
    if manifest["modules"][-1]["name"] != "initscope" or manifest["command"] != "initscope":
        yield "its last module or its command is not initscope"
    for module in manifest["modules"]:
        for source in module["sources"]:
            if source["type"] == "dir" and (FLATPAK.parent / source["path"]).resolve() != ROOT:
                yield f"{module['name']} is built from {source['path']}"
            elif source["type"] == "archive" and not (source["url"].startswith("https://")
                                                      and re.fullmatch(r"[0-9a-f]{64}", source["sha256"])):
                yield f"{source['url']} is not named by a checksum"


def main():
    report = tap.Report()
    report.check("Debian's package is of this version and needs what the build needs", debian_problems(sys.argv[1]))
    report.check("Debian's package depends on what is loaded by name", loaded_problems())
    report.check("Debian's copyright tells of every licence", licence_problems())
    report.check("the Flatpak may do what is promised, of sources that are named by checksums", flatpak_problems())
    return report.done()


if __name__ == "__main__":
    sys.exit(main())
