#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes functions.json: what PyTorch's activations, losses and optimizers do
to given numbers, at their corners and far out too.  Uses the public torch API only.

    python3 make_functions.py [-o FILE]

The file format is described in README.md.
"""
import argparse
import json
import math
import struct
import sys

import torch
import torch.nn as nn

inf, nan = math.inf, math.nan

# ------------------------------------------------------------------ parameters
POINTS = [-1e30, -104.0, -88.5, -20.5, -10.0, -6.0, -3.0, -2.0, -1.5, -1.0, -0.75, -0.5, -0.1, -1e-3, -1e-20, -0.0, 0.0, 1e-20, 1e-3,
          0.1, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 6.0, 10.0, 20.0, 20.5, 88.5, 104.0, 1e30]
ENDS = [-inf, inf, nan]
ROWS = [[0.3, -1.2, 2.5, 0.0], [1.0, 1.0, 1.0, 1.0], [100.0, -100.0, 99.0, 0.0], [1e30, 0.0, -1e30, 3.0], [-1000.0, -1001.0, -999.5, -1003.0]]
ROW_ENDS = [[-inf, 1.0, 2.0, 3.0], [inf, 1.0, 2.0, 3.0], [nan, 1.0, 2.0, 3.0], [1.0, 2.0, 3.0, nan]]
ACTIVATIONS = [
    'ReLU()', 'LeakyReLU()', 'LeakyReLU(0.3)', 'ELU()', 'ELU(alpha=0.5)', 'ELU(alpha=-2)', 'SELU()', 'CELU()', 'CELU(alpha=0.7)', 'GELU()',
    "GELU(approximate='tanh')", 'SiLU()', 'Mish()', 'Softplus()', 'Softplus(beta=2.5)', 'Softplus(beta=0.5, threshold=1)', 'Tanh()', 'Sigmoid()',
    'Softsign()', 'Hardtanh()', 'Hardtanh(-1.5, 0.75)', 'Identity()']
ROW_ACTIVATIONS = ['Softmax(dim=1)', 'Softmax(dim=-1)', 'LogSoftmax(dim=1)']
CLASS_LOSSES = [
    'CrossEntropyLoss()', "CrossEntropyLoss(reduction='sum')", 'CrossEntropyLoss(label_smoothing=0.1)', 'CrossEntropyLoss(label_smoothing=1)',
    'CrossEntropyLoss(weight=(0.5, 2.0, 1.0, 0.0))', 'CrossEntropyLoss(weight=(0.5, 2.0, 1.0, 0.25), label_smoothing=0.3)',
    "CrossEntropyLoss(weight=(0.5, 2.0, 1.0, 0.25), reduction='sum', label_smoothing=0.3)", 'NLLLoss()', "NLLLoss(reduction='sum')",
    'NLLLoss(weight=(0.5, 2.0, 1.0, 0.25))']
# Not SmoothL1Loss(beta=0): its gradient at 0 is -1 in 1.13, and L1Loss's 0 in later versions.
VALUE_LOSSES = [
    'MSELoss()', "MSELoss(reduction='sum')", 'L1Loss()', "L1Loss(reduction='sum')", 'SmoothL1Loss()', 'SmoothL1Loss(beta=0.5)',
    'BCEWithLogitsLoss()', "BCEWithLogitsLoss(reduction='sum')", 'BCEWithLogitsLoss(pos_weight=(3.0,))',
    'BCEWithLogitsLoss(pos_weight=(0.5, 2.0, 1.0, 4.0))']
OUTPUTS = [[0.3, -1.2, 2.5, 0.0], [1.0, 1.5, 1.0, 0.5], [30.0, -100.0, 29.0, 0.0], [-0.25, -1e-3, 1e-3, 4.0], [0.75, -120.0, 3.5, -2.0]]
CLASSES = [2, 1, 1, 3, 0]
# Some equal the output, some are exactly 0.5 or 1 away from it.
VALUES = [[0.3, -0.2, 2.0, 1.0], [1.0, 1.0, 0.0, 0.5], [1.0, 0.0, 1.0, 1.0], [0.5, 0.25, 0.0, 1.0], [0.75, 0.0, 1.0, 0.9]]
OPTIMIZERS = [
    'SGD(lr=0.1)', 'SGD(lr=0.1, momentum=0.9)', 'SGD(lr=0.1, momentum=0.8, dampening=0.3, weight_decay=0.05)',
    'SGD(lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True)', 'Adam()', 'Adam(lr=0.05, betas=(0.8, 0.95), eps=0.001, weight_decay=0.05)',
    'Adam(lr=0.05, betas=(0.5, 0.6), amsgrad=True)', 'AdamW()', 'AdamW(lr=0.05, betas=(0.8, 0.95), weight_decay=0.3, amsgrad=True)', 'RMSprop()',
    'RMSprop(lr=0.02, alpha=0.8, eps=0.001, weight_decay=0.05)', 'RMSprop(lr=0.02, alpha=0.9, momentum=0.7)',
    'RMSprop(lr=0.02, alpha=0.9, momentum=0.7, centered=True)', 'RMSprop(lr=0.02, alpha=0.9, centered=True, weight_decay=0.05)', 'Adagrad()',
    'Adagrad(lr=0.3, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.2, eps=0.01)']
STEPS = 12
WIDTH = 6


def bits(tensor):
    return ' '.join(struct.pack('>f', v).hex() for v in tensor.detach().flatten().tolist())


def make(text):
    """A module, tuples of numbers as tensors."""
    names = {**vars(nn), 'none': 'none'}
    start, arguments = text.split('(', 1)
    values = eval('dict(' + arguments) if '=' in arguments.split(',')[0] or arguments == ')' else None
    if values is None:
        return eval(text, names)
    return names[start](**{k: torch.tensor(v) if isinstance(v, tuple) else v for k, v in values.items()})


def activation(text, x, width):
    x = torch.tensor(x, dtype=torch.float32, requires_grad=True)
    y = make(text)(x)
    dy = torch.cos(torch.arange(x.numel(), dtype=torch.float32)).reshape(x.shape)
    y.backward(dy)
    return dict(call=text, width=width, x=bits(x), y=bits(y), dy=bits(dy), dx=bits(x.grad))


def loss(text, targets):
    x = torch.tensor(OUTPUTS, dtype=torch.float32, requires_grad=True)
    value = make(text)(x, targets)
    value.backward()
    return dict(call=text, width=len(OUTPUTS[0]), outputs=bits(x), loss=value.item(), gradient=bits(x.grad))


def optimizer(text):
    w = nn.Parameter(torch.sin(torch.arange(WIDTH, dtype=torch.float32)))
    name, arguments = text.split('(', 1)
    steps = getattr(torch.optim, name)([w], **{'lr': 0.001, **eval('dict(' + arguments)} if name == 'SGD' else eval('dict(' + arguments))
    entry = dict(call=text, start=bits(w), gradients=[], weights=[])
    for t in range(STEPS):
        # One gradient is always 0, one is tiny, one only at the first step.
        w.grad = torch.cos(1.7 * torch.arange(WIDTH) + t) * torch.tensor([1.0, 0.3, 0.0, 1e-6, float(t == 0), 20.0])
        entry['gradients'].append(bits(w.grad))
        steps.step()
        entry['weights'].append(bits(w))
    return entry


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('-o', default='functions.json')
    torch.set_num_threads(1)
    file = dict(
        format=1, torch=torch.__version__.split('+')[0],
        activations=[activation(t, POINTS, 0) for t in ACTIVATIONS] + [activation(t, ROWS, 4) for t in ROW_ACTIVATIONS],
        ends=[activation(t, ENDS, 0) for t in ACTIVATIONS] + [activation(t, ROW_ENDS, 4) for t in ROW_ACTIVATIONS],
        losses=[loss(t, torch.tensor(CLASSES)) | dict(classes=CLASSES) for t in CLASS_LOSSES]
        + [loss(t, torch.tensor(VALUES)) | dict(values=bits(torch.tensor(VALUES))) for t in VALUE_LOSSES],
        optimizers=[optimizer(t) for t in OPTIMIZERS])
    with open(parser.parse_args().o, 'w', encoding='ascii') as out:
        json.dump(file, out, indent=1)
        out.write('\n')


if __name__ == '__main__':
    sys.exit(main())
