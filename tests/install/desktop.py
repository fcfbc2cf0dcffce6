# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop as a program sees it: a session bus of its own, and what a screen reader is told."""

import ast
import os
import re
import subprocess
import time

ID = "io.github.initscope.Initscope"
PATH = "/" + ID.replace(".", "/")

SECONDS = 20


def wait_for(condition, what):
    """Returns what @condition returns as soon as that is true."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen in {SECONDS} s")


class Bus:
    """A session bus that activates the services in @data."""

    def __init__(self, data, **env):
        self.env = {**os.environ, **env, "XDG_DATA_DIRS": f"{data}:/usr/local/share:/usr/share"}
        self.daemon = subprocess.Popen(["dbus-daemon", "--session", "--print-address", "--nofork", "--nosyslog"],
                                       env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.daemon.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon.stdout.close()

    def call(self, path, method, *arguments, to=ID, address=None):
        """The answer as gdbus prints it; None if there is none."""
        bus = ["--address", address] if address else ["--session"]
        done = subprocess.run(["gdbus", "call", *bus, "--timeout", str(SECONDS), "--dest", to, "--object-path", path,
                               "--method", method, *arguments],
                              env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=False)
        return done.stdout if done.returncode == 0 else None

    def runs(self):
        """Whether the window's program has its name on the bus."""
        answer = self.call("/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", ID, to="org.freedesktop.DBus")
        return answer == "(true,)\n"

    def quit(self):
        self.call(PATH, "org.gtk.Actions.Activate", "quit", "[]", "{}")
        wait_for(lambda: not self.runs(), "quitting")

    def words(self):
        """The names of everything in the program's windows, as a screen reader hears them."""
        address = ast.literal_eval(self.call("/org/a11y/bus", "org.a11y.Bus.GetAddress", to="org.a11y.Bus"))[0]

        def children(owner, path):
            text = self.call(path, "org.a11y.atspi.Accessible.GetChildren", to=owner, address=address)
            return re.findall(r"\('([^']+)', (?:objectpath )?'([^']+)'\)", text or "")

        def name(owner, path):
            text = self.call(path, "org.freedesktop.DBus.Properties.Get", "org.a11y.atspi.Accessible", "Name", to=owner,
                             address=address)
            return ast.literal_eval(text[2:-4]) if text else ""

        waiting = children("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        while waiting:
            place = waiting.pop(0)
            word = name(*place)
            if word:
                yield word
            waiting += children(*place)
