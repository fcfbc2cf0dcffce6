#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what the desktop, software centres and file managers are told of the window against each other.  Prints TAP.

    desktop.py FOLDER VERSION
"""

import configparser
import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as tree

import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
ID = "io.github.initscope.Initscope"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"

# What the window opens, and others own.
FOREIGN = {"image/png", "image/svg+xml", "image/x-eps", "application/pdf", "text/csv"}

# Icons are looked for where packages of the desktop have them.
ICONS = [ROOT / "resources" / "icons", pathlib.Path("/usr/share/icons/Adwaita"), pathlib.Path("/usr/share/icons/hicolor")]
ICON_NAME = re.compile(r'[">]([a-z0-9-]+-symbolic)["<]')


def size(path):
    """(width, height) of a PNG."""
    return struct.unpack(">II", path.read_bytes()[16:24])


def metainfo_problems(metainfo, version):
    summary = metainfo.findtext("summary")
    if len(summary) > 35 or summary.endswith(".") or "nitscope" in summary:
        yield f"the summary “{summary}” is longer than 35 letters, a sentence, or names the program"
    release = metainfo.find("releases/release")
    if release.get("version") != version or not release.findtext("description/p"):
        yield f"the newest release is {release.get('version')} and the program is {version}, or it says nothing new"
    if metainfo.find("developer").findtext("name") != metainfo.findtext("developer_name"):
        yield "it names two developers"
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if version not in changelog:
        yield f"CHANGELOG.md says nothing of {version}"
    for color in metainfo.findall("branding/color"):
        if not re.fullmatch(r"#[0-9a-f]{6}", color.text):
            yield f"{color.text} is no colour"
    if {color.get("scheme_preference") for color in metainfo.findall("branding/color")} != {"light", "dark"}:
        yield "it has not a colour for light and one for dark"


def screenshot_problems(metainfo):
    base = metainfo.findtext("url[@type='homepage']") + "/raw/main/"
    shots = metainfo.findall("screenshots/screenshot")
    if [shot.get("type") for shot in shots].count("default") != 1:
        yield "there is not one default screenshot"
    for shot in shots:
        image = shot.find("image")
        caption = shot.findtext("caption")
        if not caption or caption.endswith("."):
            yield f"{image.text} has no caption, or a sentence for one"
        if not image.text.startswith(base):
            yield f"{image.text} is not on {base}"
            continue
        path = ROOT / image.text[len(base):]
        if not path.exists():
            yield f"{path.relative_to(ROOT)} does not exist: tools/screenshots makes it"
        elif size(path) != (int(image.get("width")), int(image.get("height"))):
            yield f"{path.relative_to(ROOT)} is of {size(path)}"


def type_problems(entry, metainfo, mime):
    listed = set(filter(None, entry["MimeType"].split(";")))
    defined = {node.get("type") for node in mime.findall(f"{MIME}mime-type")}
    provided = {node.text for node in metainfo.findall("provides/mediatype")}
    if listed != defined | FOREIGN:
        yield f"the desktop file's types differ from those defined by {sorted(listed ^ (defined | FOREIGN))}"
    if provided != defined:
        yield f"the metainfo's types differ from those defined by {sorted(provided ^ defined)}"
    for icon in mime.findall(f"{MIME}mime-type/{MIME}icon"):
        # A Flatpak hands out only what begins with its name.
        if not icon.get("name").startswith(ID) or not (ROOT / "resources" / "icons" / f"{icon.get('name')}.svg").exists():
            yield f"{icon.get('name')} is no icon of ours"


def entry_problems(desktop, metainfo):
    entry = desktop["Desktop Entry"]
    if entry["Name"] != metainfo.findtext("name"):
        yield "its name is not the metainfo's"
    for key, value in {"Icon": ID, "DBusActivatable": "true", "StartupNotify": "true", "Exec": "initscope %F"}.items():
        if entry.get(key) != value:
            yield f"{key} is {entry.get(key)}, not {value}"
    for action in filter(None, entry["Actions"].split(";")):
        if f"Desktop Action {action}" not in desktop:
            yield f"the action {action} is not described"
        if f'"{action}"' not in (ROOT / "src" / "app" / "application.c").read_text(encoding="utf-8"):
            yield f"the application has no action {action}, which the bus would be asked for"


def icon_problems():
    have = {path.stem for folder in ICONS for path in folder.rglob("*.svg")}
    for path in sorted([*ROOT.glob("src/app/*.c"), *ROOT.glob("ui/*.ui")]):
        for name in ICON_NAME.findall(path.read_text(encoding="utf-8")):
            if name not in have:
                yield f"{path.relative_to(ROOT)} shows {name}, which neither we nor Adwaita have"


def main():
    folder, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.optionxform = str
    desktop.read(folder / f"{ID}.desktop", encoding="utf-8")
    metainfo = tree.parse(folder / f"{ID}.metainfo.xml").getroot()
    mime = tree.parse(folder / f"{ID}.xml").getroot()

    report = tap.Report()
    report.check("the desktop file agrees with the program", entry_problems(desktop, metainfo))
    report.check("types of files are defined, listed and provided", type_problems(desktop["Desktop Entry"], metainfo, mime))
    report.check("the metainfo is what software centres ask for", metainfo_problems(metainfo, version))
    report.check("screenshots are there", screenshot_problems(metainfo))
    report.check("every icon has a picture", icon_problems())
    return report.done()


if __name__ == "__main__":
    sys.exit(main())
