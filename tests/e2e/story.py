#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One sitting in front of the window, by what it says and nothing else: choose a scheme, train, zoom, hide a run, export
all, copy, print, undo, quit, come back.  Prints TAP.

    story.py BUILD
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "install"))
from desktop import Bus  # noqa: E402
from screen import Screen, wait_for  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])
PROGRAM = BUILD / "src/app/initscope-window"
INITSCOPE = BUILD / "src/cli/initscope"

chapters = []


def chapter(function):
    chapters.append(function)
    return function


def expect(good, message):
    if not good:
        raise AssertionError(message)


def clipboard(kind):
    command = ["xclip", "-selection", "clipboard", "-out", "-target", kind]
    return subprocess.run(command, check=True, capture_output=True, timeout=20).stdout


class Story:
    """What the chapters share."""

    def __init__(self, folder):
        self.folder = folder
        self.saved = folder / "sitting.initscope"
        self.screen = Screen(PROGRAM)


@chapter
def chooses_a_scheme(story):
    screen = story.screen
    screen.hears("^Generated 200,704 weights")
    screen.click("Scheme: Kaiming normal")
    screen.find("entry", "Search")
    screen.type("xavier uniform")
    wait_for(lambda: not screen.look("label", "Kaiming uniform"), "to find what is typed")
    screen.key("Return")
    screen.find("push button", "Scheme: Xavier uniform")
    figure = screen.find("image", "Xavier uniform on Linear(784, 256)")
    expect("from −0.076 to 0.076" in figure.description, f"its range is told: {figure.description}")


@chapter
def draws_other_numbers(story):
    screen = story.screen
    seed = screen.find("text", "Seed")
    expect(seed.text() == "42", f"the seed is told: {seed.text()}")
    screen.write(seed, "7")
    wait_for(lambda: screen.window.name.startswith("•"), "to be changed")


@chapter
def zooms(story):
    figure = story.screen.find("image", "Xavier uniform", "plot.zoom-in")
    expect(not figure.can("plot.fit"), "all of it is seen")
    figure.do("plot.zoom-in")
    wait_for(lambda: figure.can("plot.fit"), "to be zoomed")
    figure.do("plot.previous-view")
    wait_for(lambda: not figure.can("plot.fit"), "to be as it was")
    figure.do("plot.next-view")
    wait_for(lambda: figure.can("plot.fit"), "to be zoomed again")
    figure.do("plot.fit")
    wait_for(lambda: not figure.can("plot.fit"), "to fit")


@chapter
def trains(story):
    screen = story.screen
    screen.click("Training", role="page tab")
    screen.hears("^Ready")
    screen.click("Play")
    screen.hears("^Finished · step ")
    loss = screen.find("image", "Loss", "plot.zoom-in")
    for scheme in ("Xavier", "Kaiming", "Normal", "PyTorch default"):
        # A description is renewed once a second.
        wait_for(lambda: re.search(f"{scheme} is at [0-9.]+ after ", loss.description), f"to be told of {scheme}")


@chapter
def hides_a_run(story):
    screen = story.screen

    def reads_out(run, *keys):
        screen.key(*keys)
        return screen.find("image", "Loss", "plot.zoom-in").description.startswith(f"{run}, step 1, loss ")

    screen.press(screen.find("image", "Loss", "plot.zoom-in"))
    wait_for(lambda: reads_out("Xavier", "Home"), "to read out the first run")
    screen.key("h")
    wait_for(lambda: reads_out("Kaiming", "Home"), "to hide it")
    screen.find("image", "Loss", "plot.show-all").do("plot.show-all")
    wait_for(lambda: reads_out("Xavier", "Up", "Home"), "to show it again")


@chapter
def exports_all(story):
    screen, folder = story.screen, story.folder / "all"
    folder.mkdir()
    screen.act("export-all-to", "(sa{sv})", (str(folder), {}))
    screen.hears("^Exported [0-9]+ files into all")
    names = {path.name for path in folder.iterdir()}
    expect({"loss.svg", "loss.csv", "histogram.svg", "experiment.initscope"} <= names, f"these are there: {names}")
    expect(all(path.stat().st_size for path in folder.iterdir()), "none is empty")
    # A figure knows what it is of.
    inside = subprocess.run([INITSCOPE, "check", folder / "loss.svg"], capture_output=True, check=False)
    expect(inside.returncode == 0, f"a figure holds its experiment: {inside.stderr}")


@chapter
def copies(story):
    screen = story.screen
    screen.window.do("win.copy-image")
    screen.hears("^Copied the figure as PNG and SVG")
    expect(clipboard("image/png").startswith(b"\x89PNG\r\n\x1a\n"), "a PNG is on the clipboard")
    expect(b"<svg" in clipboard("image/svg+xml"), "an SVG is on the clipboard")
    screen.window.do("win.copy-data")
    screen.hears("^Copied .* rows of data as CSV")
    expect(b"Kaiming" in clipboard("text/csv"), "the data are on the clipboard")


@chapter
def prints_to_a_file(story):
    paper = story.folder / "paper.pdf"
    story.screen.act("print-to", "s", str(paper))
    story.screen.hears("^Printed into paper.pdf")
    expect(paper.read_bytes().startswith(b"%PDF-"), "it is a PDF")


@chapter
def undoes(story):
    screen = story.screen
    seed = screen.find("text", "Seed")
    screen.click("Weights", role="page tab")
    screen.window.do("win.undo")
    wait_for(lambda: seed.text() == "42", "to undo the seed")
    screen.window.do("win.undo")
    screen.find("push button", "Scheme: Kaiming normal")
    wait_for(lambda: not screen.window.can("win.undo"), "to be where it began")
    screen.window.do("win.redo")
    screen.find("push button", "Scheme: Xavier uniform")
    screen.window.do("win.redo")
    wait_for(lambda: seed.text() == "7" and not screen.window.can("win.redo"), "to be where it was")


@chapter
def quits(story):
    screen = story.screen
    screen.act("save-to", "s", str(story.saved))
    screen.hears("^Saved sitting.initscope")
    # At once: a button that is clicked waits a moment, to be seen.
    screen.window.do("win.next-page")
    screen.key("ctrl+q")
    expect(screen.ended() == 0, "it ends well")


@chapter
def comes_back(story):
    # As it was left, on the page it was left on.
    screen = story.screen = Screen(PROGRAM, story.saved)
    screen.find("frame", "sitting.initscope")
    screen.hears("^Ready")
    screen.click("Weights", role="page tab")
    screen.find("push button", "Scheme: Xavier uniform")
    expect(screen.find("text", "Seed").text() == "7", "the seed is that of before")
    # A figure that was exported is its experiment.
    screen.act("open-path", "s", str(story.folder / "all" / "loss.svg"))
    screen.hears("^Opened loss.svg")
    screen.find("push button", "Scheme: Xavier uniform")
    screen.key("ctrl+q")
    expect(screen.ended() == 0, "it ends well")


def main():
    failed = 0
    print(f"1..{len(chapters)}")
    # A bus of its own, whose programs have not this one's output.
    with tempfile.TemporaryDirectory() as name, Bus(name) as bus:
        os.environ.update(bus.env)
        story = Story(pathlib.Path(name))
        for number, tell in enumerate(chapters, 1):
            try:
                # Each begins where the one before ended.
                expect(not failed, "the sitting has ended")
                tell(story)
            except (AssertionError, OSError, subprocess.SubprocessError) as problem:
                failed += 1
                print(f"not ok {number} {tell.__name__}", flush=True)
                print(f"# {problem}")
            else:
                print(f"ok {number} {tell.__name__}", flush=True)
        story.screen.process.kill()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
