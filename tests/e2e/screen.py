# SPDX-License-Identifier: GPL-3.0-or-later
"""A person in front of the window: what a screen reader hears of it, and the keys and buttons it can be given.

Everything is found by its role and its name.  There are no coordinates here.
"""

import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ID = "io.github.initscope.Initscope"
PATH = "/" + ID.replace(".", "/")

SECONDS = 30

# What has nothing of interest in it: every question is a message to the program.
LEAVES = {"entry", "image", "label", "page tab", "scroll bar", "separator", "slider", "status bar", "text"}


def wait_for(condition, what):
    """Returns what @condition returns as soon as that is true."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            found = condition()
        except GLib.Error:
            # What was looked at has just gone.
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen in {SECONDS} s")


class Thing:
    """Something accessible."""

    def __init__(self, node):
        self.node = node

    @property
    def name(self):
        return self.node.get_name()

    @property
    def description(self):
        return self.node.get_description()

    def actions(self):
        return [self.node.get_action_name(i) for i in range(self.node.get_n_actions())]

    def can(self, action):
        return action in self.actions()

    def do(self, action):
        wait_for(lambda: self.can(action), f"that '{self.name}' can {action}")
        self.node.do_action(self.actions().index(action))

    def place(self):
        """Its middle, in its window."""
        extents = self.node.get_extents(Atspi.CoordType.WINDOW)
        return extents.x + extents.width // 2, extents.y + extents.height // 2

    def text(self):
        """What stands in an entry."""
        return Atspi.Text.get_text(self.node, 0, Atspi.Text.get_character_count(self.node))


class Screen:
    """The program, from its start on, and its first window."""

    def __init__(self, program, *files):
        self.process = subprocess.Popen([program, *files], stderr=subprocess.DEVNULL)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.window = wait_for(lambda: self.look("frame"), "a window")
        search = ["search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)]
        found = subprocess.run(["xdotool", *search], check=True, capture_output=True, encoding="ascii").stdout
        self.x_window = int(found.split()[0])
        # Nobody else gives it the keyboard: there is no window manager.
        subprocess.run(["xdotool", "windowfocus", "--sync", str(self.x_window)], check=True)

    def things(self):
        """All that is accessible, in the order it is read."""
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(i)
            if program and program.get_process_id() == self.process.pid:
                program.clear_cache()
                yield from self._below(program)

    def _below(self, node):
        yield node
        if node.get_role_name() in LEAVES:
            return
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from self._below(child)

    def look(self, role, name="", action=None):
        """The first thing of that role whose name begins so, and that can do @action; or None."""
        for node in self.things():
            if node.get_role_name() == role and node.get_name().startswith(name):
                thing = Thing(node)
                if not action or thing.can(action):
                    return thing
        return None

    def find(self, role, name, action=None):
        return wait_for(lambda: self.look(role, name, action), f"a {role} '{name}'")

    def click(self, name, role="push button"):
        self.find(role, name, "click").do("click")

    def is_said(self, pattern):
        """Whether one of the lines that are read out when they change says that."""
        return any(
            node.get_role_name() == "status bar" and re.search(pattern, node.get_name()) for node in self.things()
        )

    def hears(self, pattern):
        wait_for(lambda: self.is_said(pattern), f"to say '{pattern}'")

    def press(self, thing):
        """The pointer, for what GTK lets no screen reader do: to give the keyboard to something."""
        x, y = thing.place()
        move = ["mousemove", "--window", str(self.x_window), str(x), str(y)]
        subprocess.run(["xdotool", *move, "click", "1"], check=True)

    def write(self, entry, text):
        """Replaces what stands in an entry.  It is ended with a key: GTK 4.8 does nothing with "activate"."""
        entry.node.set_text_contents(text)
        self.press(entry)
        self.key("Return")

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "40", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)

    def act(self, action, signature=None, value=None):
        """An action of the window's with its answer, as the dialog that asks for it would give it."""
        parameters = [GLib.Variant(signature, value)] if signature else []
        self.bus.call_sync(ID, PATH + "/window/1", "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (action, parameters, {})), None, Gio.DBusCallFlags.NONE, -1, None)

    def ended(self):
        """Waits for the end of the program; returns its status."""
        return self.process.wait(timeout=SECONDS)
