#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the window with SIGKILL at random moments while it edits and saves.  Prints TAP.

    kill.py BUILD ROUNDS [SEED]

After each kill the document on the disk is whole, and is what was saved last; the next start recovers every change but
those of the last seconds, also when it is killed itself while it recovers.
"""

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "install"))
from desktop import PATH, Bus, wait_for  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])
ROUNDS = int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)

# Autosave's period, and as much again for a busy machine to write a small file.
LOST_SECONDS = 4.0

# A round lasts no longer before the kill: long enough for a file or two to be kept.
LONGEST = 6.0

EXAMPLE = pathlib.Path(__file__).parent.parent.parent / "resources/examples/zeros.initscope"

# Changes are seeds, counted from here on; the window's own example has another one.
FIRST = 1000
OWN = 42


class Program:
    """The window's program, on one document."""

    def __init__(self, bus, *files):
        self.bus = bus
        self.process = subprocess.Popen([BUILD / "src/app/initscope-window", *files], env=bus.env, stderr=subprocess.DEVNULL)
        self.window = wait_for(self.windows, "starting")[0]

    def windows(self):
        """The object paths of its windows."""
        text = self.bus.call(PATH + "/window", "org.freedesktop.DBus.Introspectable.Introspect")
        return [f"{PATH}/window/{name}" for name in re.findall(r'node name="(\d+)"', text or "")]

    def do(self, action, *parameters):
        """Whether @action was done: the program answers when it is."""
        return self.bus.call(self.window, "org.gtk.Actions.Activate", action, f"[{', '.join(parameters)}]", "{}") is not None

    def kill(self):
        self.process.kill()
        self.process.wait()
        wait_for(lambda: not self.bus.runs(), "dying")


def text(string):
    return "<'" + str(string).replace("'", "\\'") + "'>"


def seed_of(path):
    """The seed in the document at @path, which must be whole."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)["seeds"][0]


def play(bus, folder, rng):
    """One round; returns what went wrong."""
    document = folder / "document.initscope"
    recovered = folder / "recovered.initscope"
    document.write_text(json.dumps({**json.loads(EXAMPLE.read_text(encoding="utf-8")), "seeds": [FIRST]}), encoding="utf-8")
    program = Program(bus, document)
    end = time.monotonic() + rng.uniform(0.0, LONGEST)
    changes = [(time.monotonic(), FIRST)]
    saved = value = FIRST
    # What the kill may have found on its way to the disk.
    saving = {saved}
    killer = subprocess.Popen(["sh", "-c", f"sleep {max(0.0, end - time.monotonic()):.3f}; kill -9 {program.process.pid}"])
    while program.process.poll() is None:
        value += 1
        if program.do("set", f"<('seeds', '{value}')>"):
            changes.append((time.monotonic(), value))
        if rng.random() < 0.05:
            saving = {saved, value}
            if program.do("save"):
                saved = value
                saving = {value}
        time.sleep(rng.uniform(0.0, 0.2))
    killer.wait()
    killed = time.monotonic()
    program.process.wait()
    wait_for(lambda: not bus.runs(), "dying")

    if seed_of(document) not in saving:
        return [f"the document holds seed {seed_of(document)}, saved was one of {saving}"]
    on_disk = seed_of(document)
    needed = max(change for at, change in changes if at <= killed - LOST_SECONDS or change == FIRST)

    # The next start is killed, too, right in the midst of recovering.
    program = Program(bus)
    program.bus.call(PATH, "org.gtk.Actions.Activate", "recover", "[]", "{}")
    time.sleep(rng.uniform(0.0, 0.3))
    program.kill()

    program = Program(bus)
    program.bus.call(PATH, "org.gtk.Actions.Activate", "recover", "[]", "{}")
    program.do("save-to", text(recovered))
    found = seed_of(recovered)
    problems = []
    # A file that was saved in the same moment is not older than what is offered beside it.
    if found != OWN and not (needed <= found or needed <= on_disk) or found > value:
        problems = [f"recovered seed {found} of {value}, {needed} was {LOST_SECONDS} s old"]
    # Nothing was left, as nothing was changed since it was saved, or not for long enough.
    if found == OWN and needed > on_disk:
        problems = [f"recovered nothing, and {needed} was changed after {on_disk}"]
    bus.quit()
    # The name on the bus goes a moment before the process does.
    recovery = folder / "state/initscope/recovery"
    try:
        wait_for(lambda: not list(recovery.iterdir()), "clearing away")
    except AssertionError:
        problems.append(f"left {list(recovery.iterdir())}")
    return problems


def main():
    rng = random.Random(SEED)
    failed = 0
    print(f"# seed {SEED}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "state").mkdir()
        env = {"XDG_STATE_HOME": str(folder / "state"), "GSETTINGS_SCHEMA_DIR": str(BUILD / "resources/desktop")}
        with Bus(folder, **env) as bus:
            for i in range(1, ROUNDS + 1):
                problems = play(bus, folder, rng)
                failed += bool(problems)
                print(f"{'not ok' if problems else 'ok'} {i} killed, round {i}", flush=True)
                for problem in problems:
                    print(f"# {problem}")
    print(f"1..{ROUNDS}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
