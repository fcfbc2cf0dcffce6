#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs the program under a folder and starts it from there, then starts what was only built.  Prints TAP.

    test_install.py BUILD PREFIX
"""

import configparser
import os
import pathlib
import subprocess
import sys
import tempfile

from desktop import ID, PATH, Bus, wait_for

BUILD = pathlib.Path(sys.argv[1])
PREFIX = pathlib.Path(sys.argv[2])

INSTALLED = [
    "bin/initscope",
    "libexec/initscope-window",
    f"share/applications/{ID}.desktop",
    "share/doc/initscope/README.md",
    f"share/dbus-1/services/{ID}.service",
    f"share/glib-2.0/schemas/{ID}.gschema.xml",
    "share/icons/hicolor/scalable/apps/io.github.initscope.Initscope.svg",
    "share/icons/hicolor/scalable/mimetypes/io.github.initscope.Initscope-experiment.svg",
    "share/icons/hicolor/symbolic/apps/io.github.initscope.Initscope-symbolic.svg",
    "share/locale/de/LC_MESSAGES/initscope.mo",
    "share/man/man1/initscope.1",
    f"share/metainfo/{ID}.metainfo.xml",
    f"share/mime/packages/{ID}.xml",
]

tests = []


def test(function):
    tests.append(function)
    return function


def expect(good, message):
    if not good:
        raise AssertionError(message)


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=120, **options)
    expect(done.returncode == 0, f"{command}: status {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout


class Place:
    """The program where `meson install` put it, and a home for it; what packages do afterwards is done too."""

    def __init__(self, folder):
        self.folder = folder
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder / "root")
        self.root = folder / "root" / PREFIX.relative_to("/")
        self.initscope = self.root / "bin" / "initscope"
        self.data = self.root / "share"
        run("glib-compile-schemas", "--strict", self.data / "glib-2.0" / "schemas")
        run("update-mime-database", self.data / "mime", env={**os.environ, "XDG_DATA_DIRS": str(self.data)})
        run("update-desktop-database", self.data / "applications")
        # The service names the prefix, not the folder in front of it.
        service = self.data / "dbus-1" / "services" / f"{ID}.service"
        service.write_text(service.read_text(encoding="utf-8").replace(f"Exec={PREFIX}", f"Exec={self.root}"), encoding="utf-8")
        run("localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8")


def kept_settings(home):
    """What the window has left in its settings, in a home of its own."""
    kept = configparser.ConfigParser()
    kept.read(home / "glib-2.0" / "settings" / "keyfile")
    return kept["io/github/initscope/Initscope"] if "io/github/initscope/Initscope" in kept else {}


def session(place, name, **env):
    """A home, and a bus whose programs live there."""
    home = place.folder / name
    home.mkdir()
    return home, Bus(place.data, GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=str(home), **env)


def has_window(bus, number=1):
    return bus.call(f"{PATH}/window/{number}", "org.gtk.Actions.List")


def expect_start(place, name, program):
    """@program opens a window that speaks German, and keeps settings when it is told to quit."""
    home, bus = session(place, name, LANG="de_DE.UTF-8", LC_ALL="de_DE.UTF-8", LOCPATH=str(place.folder))
    with bus:
        started = subprocess.Popen([program], env=bus.env, stderr=subprocess.PIPE)
        wait_for(lambda: has_window(bus), "a window")
        wait_for(lambda: "Gewichte" in bus.words(), "the word Gewichte")
        bus.quit()
        _, errors = started.communicate(timeout=20)
        expect(started.returncode == 0 and not errors, f"status {started.returncode}: {errors}")
    expect("window-size" in kept_settings(home), "the schema was not found")


@test
def everything_is_installed(place):
    missing = [name for name in INSTALLED if not (place.root / name).exists()]
    expect(not missing, f"not installed: {missing}")
    made = place.data / "mime"
    found = {str(path.relative_to(place.root)) for path in place.root.rglob("*initscope*") if path.is_file()
             and (made not in path.parents or path.parent.name == "packages")}
    expect(found <= set(INSTALLED), f"installed, and not expected: {sorted(found - set(INSTALLED))}")
    told = run(place.initscope, "--version").decode()
    expect(told == run(BUILD / "src" / "cli" / "initscope", "--version").decode(), told)


@test
def commands_work_where_they_are_installed(place):
    expect(b"kaiming_normal_" in run(place.initscope, "list", "schemes"), "list names no scheme")
    figures = [place.folder / "installed.png", place.folder / "built.png"]
    for program, figure in zip((place.initscope, BUILD / "src" / "cli" / "initscope"), figures):
        run(program, "export", "histogram", "--layer", "Linear(784, 256)", "--init", "xavier_uniform_()", "-o", figure)
    expect(figures[0].read_bytes() == figures[1].read_bytes(), "the figures differ")


@test
def manual_is_installed(place):
    text = run("mandoc", "-T", "utf8", place.root / "share" / "man" / "man1" / "initscope.1").decode()
    expect("initialization" in text, "the manual says nothing of initialization")


@test
def experiments_have_a_type(place):
    """By their names, and without them by how they begin; a figure keeps its own type."""
    experiment = place.folder / "typed.initscope"
    run(place.initscope, "new", "zeros", "-o", experiment)
    nameless = place.folder / "nameless"
    nameless.write_bytes(experiment.read_bytes())
    env = {**os.environ, "XDG_DATA_DIRS": f"{place.data}:/usr/share", "PATH": f"{place.root / 'bin'}:{os.environ['PATH']}"}
    for path in (experiment, nameless):
        told = run("gio", "info", "-a", "standard::content-type,standard::icon", path, env=env).decode()
        expect("application/vnd.initscope.experiment+json" in told and f"{ID}-experiment" in told, told)
    told = run("gio", "mime", "application/vnd.initscope.experiment+json", env=env).decode()
    expect(f"{ID}.desktop" in told, told)


@test
def the_bus_starts_the_window_and_opens_a_file(place):
    experiment = place.folder / "opened.initscope"
    run(place.initscope, "new", "zeros", "-o", experiment)
    home, bus = session(place, "activated")
    with bus:
        answer = bus.call(PATH, "org.freedesktop.Application.Open", f"['file://{experiment}']", "{}")
        expect(answer == "()\n", f"Open answers {answer}")
        wait_for(lambda: has_window(bus), "a window")
        wait_for(lambda: experiment.name in bus.words(), f"a window titled {experiment.name}")
        answer = bus.call(PATH, "org.freedesktop.Application.ActivateAction", "new-window", "[]", "{}")
        expect(answer == "()\n", f"the desktop file's action answers {answer}")
        wait_for(lambda: has_window(bus, 2), "a second window")
        bus.quit()
    expect("window-size" in kept_settings(home), "the installed schema was not found")


@test
def the_installed_window_starts(place):
    expect_start(place, "installed", place.initscope)


@test
def what_was_only_built_starts(place):
    expect_start(place, "built", BUILD / "src" / "cli" / "initscope")


def main():
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="initscope-install-") as folder:
        place = Place(pathlib.Path(folder))
        for number, function in enumerate(tests, 1):
            try:
                function(place)
                problem = None
            except Exception as caught:  # pylint: disable=broad-except
                problem = f"{type(caught).__name__}: {caught}"
                failed += 1
            print(f"{'not ok' if problem else 'ok'} {number} - {function.__name__.replace('_', ' ')}", flush=True)
            for line in (problem or "").splitlines():
                print(f"# {line}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
