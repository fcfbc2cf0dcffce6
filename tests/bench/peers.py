#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmark beside its peers, alternating, and prints medians and ratios.

    peers.py BENCH

Milliseconds of CPU time, one thread.  A peer that is not installed is left out, by name.
"""

import os
import statistics
import subprocess
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
ROUNDS = 3


def median_ms(work, seconds=1.0):
    work()
    times = []
    start = time.process_time()
    while len(times) < 5 or (time.process_time() - start < seconds and len(times) < 2000):
        before = time.process_time()
        work()
        times.append(1e3 * (time.process_time() - before))
    return statistics.median(times)


def torch_rows(rows):
    import torch
    from torch import nn

    torch.set_num_threads(1)
    for shape in ((256, 784), (4096, 4096)):
        w = torch.empty(*shape)
        rows[f"xavier_uniform_ {shape[0]}x{shape[1]}"] = ("torch", lambda w=w: nn.init.xavier_uniform_(w))
        rows[f"kaiming_normal_ {shape[0]}x{shape[1]}"] = ("torch", lambda w=w: nn.init.kaiming_normal_(w))
    w = torch.empty(256, 784)
    rows["trunc_normal_ 256x784"] = ("torch", lambda: nn.init.trunc_normal_(w))
    rows["orthogonal_ 256x784"] = ("torch", lambda: nn.init.orthogonal_(w))

    def training(sizes, batch, steps, make):
        layers = []
        for i, o in zip(sizes, sizes[1:]):
            layers += [nn.Linear(i, o), nn.ReLU()]
        model = nn.Sequential(*layers[:-1])
        x = torch.randn(batch, sizes[0])
        y = torch.randint(0, sizes[-1], (batch,))
        optimizer = make(model.parameters())

        def work():
            for _ in range(steps):
                optimizer.zero_grad()
                loss = nn.functional.cross_entropy(model(x), y)
                loss.backward()
                loss.item()
                torch.stack([p.grad.norm() for p in model.parameters()]).tolist()
                optimizer.step()

        return work, steps

    for name, make in (("sgd", lambda p: torch.optim.SGD(p, lr=0.01)), ("adam", torch.optim.Adam)):
        rows[f"{name} 10-64-32-3"] = ("torch", *training((10, 64, 32, 3), 32, 200, make))
        rows[f"{name} 784-256-128-10"] = ("torch", *training((784, 256, 128, 10), 128, 20, make))


def numpy_rows(rows):
    import numpy

    x = numpy.random.default_rng(1).standard_normal(10**6, dtype=numpy.float32)
    rows["moments 1e6"] = ("numpy std", lambda: x.std())
    rows["summary 1e6"] = ("numpy histogram(auto)", lambda: numpy.histogram(x, "auto"))


def statsmodels_rows(rows):
    import numpy
    from statsmodels.nonparametric.kde import KDEUnivariate

    x = numpy.random.default_rng(1).standard_normal(10**6)
    rows["kde 1e6"] = ("statsmodels fft", lambda: KDEUnivariate(x).fit(fft=True, gridsize=512))


def matplotlib_rows(rows):
    import io

    import matplotlib
    import numpy

    matplotlib.use("Agg")
    from matplotlib import pyplot

    x = numpy.random.default_rng(1).standard_normal(10**6, dtype=numpy.float32)

    def draw(kind):
        figure = pyplot.figure(figsize=(12, 8), dpi=100)
        pyplot.hist(x, bins=200, density=True)
        figure.savefig(io.BytesIO(), format=kind)
        pyplot.close(figure)

    for kind in ("png", "svg", "pdf"):
        rows[f"figure {kind}"] = ("matplotlib, histogram alone", lambda kind=kind: draw(kind))


def main():
    rows = {}
    for peer in (torch_rows, numpy_rows, statsmodels_rows, matplotlib_rows):
        try:
            peer(rows)
        except ImportError as missing:
            print(f"left out: {missing.name} is not installed")
    ours = {}
    theirs = {}
    for _ in range(ROUNDS):
        for line in subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout.splitlines():
            name, value = line.split("\t")
            ours.setdefault(name, []).append(float(value))
        for name, (_, work, *steps) in rows.items():
            theirs.setdefault(name, []).append(median_ms(work, 0.5) / (steps[0] if steps else 1))
    print(f"{'':28}{'ours, ms':>12}{'peer, ms':>12}{'ratio':>8}  peer")
    for name, values in ours.items():
        mine = statistics.median(values)
        if name in theirs:
            other = statistics.median(theirs[name])
            print(f"{name:28}{mine:12.4f}{other:12.4f}{other / mine:8.1f}  {rows[name][0]}")
        else:
            print(f"{name:28}{mine:12.4f}")


main()
