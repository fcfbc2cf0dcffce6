#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws what the gallery draws once more with matplotlib and seaborn, from the same numbers.

    gallery-peers.py                        lists the pictures: name and library, one a line
    gallery-peers.py INITSCOPE FOLDER       draws them: FOLDER/NAME-peer.png

Each is what the library's own documentation leads to, with its defaults for what is not said.
"""

import csv
import functools
import pathlib
import subprocess
import sys
import tempfile

LAYER = ["--layer", "Linear(784, 256)"]
SCHEMES = {"Kaiming normal": "kaiming_normal_()", "He normal (Keras)": "keras.HeNormal()",
           "Xavier uniform": "xavier_uniform_()", "Orthogonal": "orthogonal_()"}


class Source:
    """Numbers of the program, made once each."""

    def __init__(self, initscope, folder):
        self.initscope = initscope
        self.folder = pathlib.Path(folder)

    @functools.cache
    def weights(self, init, layer=tuple(LAYER)):
        import numpy

        path = self.folder / "weights.npz"
        subprocess.run([self.initscope, "weights", *layer, "--init", init, "-o", path], check=True, capture_output=True)
        with numpy.load(path) as arrays:
            return arrays["weight"]

    @functools.cache
    def steps(self, example, *settings):
        """The rows of a run's trace, a dictionary each."""
        path = self.folder / "steps.csv"
        subprocess.run([self.initscope, "run", "-q", example, *settings, "--traces", path], check=True)
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def histogram(source, pyplot, seaborn):
    _, axes = pyplot.subplots()
    seaborn.histplot(source.weights("kaiming_normal_()").ravel(), kde=True, stat="density", ax=axes)
    axes.set(title="Kaiming normal on Linear(784, 256)", xlabel="weight")


def ridges(source, pyplot, seaborn):
    import pandas

    _, axes = pyplot.subplots()
    weights = pandas.DataFrame({label: source.weights(init).ravel() for label, init in SCHEMES.items()})
    seaborn.violinplot(weights, orient="h", ax=axes)
    axes.set(title="4 schemes", xlabel="weight")


def ecdf(source, pyplot, seaborn):
    _, axes = pyplot.subplots()
    for label, init in (("Kaiming normal", "kaiming_normal_()"), ("Kaiming uniform", "kaiming_uniform_()"),
                        ("Sparse", "sparse_(0.9)")):
        seaborn.ecdfplot(source.weights(init).ravel(), label=label, ax=axes)
    axes.set(title="3 schemes on Linear(784, 256)", xlabel="weight")
    axes.legend()


def qq(source, pyplot, seaborn):
    from scipy import stats

    _, axes = pyplot.subplots()
    stats.probplot(source.weights("orthogonal_()").ravel(), dist="norm", plot=axes)
    axes.set(title="Orthogonal on Linear(784, 256)")


def heatmap(source, pyplot, seaborn):
    _, axes = pyplot.subplots()
    weights = source.weights("zero_hadamard_()", ("--layer", "Linear(64, 96)"))
    seaborn.heatmap(weights, center=0, cmap="vlag", square=True, ax=axes)
    axes.set(title="ZerO on Linear(64, 96)")


def loss(source, pyplot, seaborn):
    _, axes = pyplot.subplots()
    rows = source.steps("mnist", "--set", "epochs=1")
    for label in dict.fromkeys(row["run"] for row in rows):
        axes.semilogy([int(row["step"]) for row in rows if row["run"] == label],
                      [float(row["loss"]) for row in rows if row["run"] == label], label=label)
    axes.set(title="Digits by a ReLU network", xlabel="step", ylabel="loss")
    axes.legend()


def loss_seeds(source, pyplot, seaborn):
    _, axes = pyplot.subplots()
    rows = source.steps("glorot", "--set", "seeds=[0, 1, 2, 3, 4]", "--set", "epochs=4")
    seaborn.lineplot(x=[int(row["step"]) for row in rows], y=[float(row["loss"]) for row in rows],
                     hue=[row["run"] for row in rows], estimator="median", errorbar=("pi", 50), ax=axes)
    axes.set(title="Glorot 2010: five tanh layers", xlabel="step", ylabel="loss")


# A picture's name, its library and how it is drawn.
PICTURES = [("histogram", "seaborn", histogram), ("ridges", "seaborn", ridges), ("ecdf", "seaborn", ecdf),
            ("qq", "SciPy and matplotlib", qq), ("heatmap", "seaborn", heatmap), ("loss", "matplotlib", loss),
            ("loss-seeds", "seaborn", loss_seeds)]


def main():
    if len(sys.argv) != 3:
        for name, library, _ in PICTURES:
            print(name, library)
        return
    import matplotlib
    matplotlib.use("Agg")
    import seaborn
    from matplotlib import pyplot

    pyplot.rcParams["figure.figsize"] = 7.2, 4.8
    with tempfile.TemporaryDirectory() as folder:
        source = Source(sys.argv[1], folder)
        for name, _, draw in PICTURES:
            draw(source, pyplot, seaborn)
            pyplot.tight_layout()
            pyplot.savefig(pathlib.Path(sys.argv[2], f"{name}-peer.png"))
            pyplot.close("all")


if __name__ == "__main__":
    main()
