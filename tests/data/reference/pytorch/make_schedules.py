#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes schedules.json: the learning rate and momentum that PyTorch's schedulers give at every
position of a run, what its optimizers do with a momentum that changes, and whole training runs
with schedules and clipping.  Uses the public torch API only.

    python3 make_schedules.py [-o FILE]

The file format is described in README.md.
"""
import argparse
import json
import struct
import sys

import torch
import torch.nn as nn
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader, TensorDataset

# ------------------------------------------------------------------ parameters
# (scheduler, optimizer, positions); a run past T_max or total_iters too.
RATES = [
    ('StepLR(step_size=7)', 'SGD(lr=0.3)', 30),
    ('StepLR(step_size=1, gamma=0.97)', 'SGD(lr=0.3)', 60),
    ('MultiStepLR(milestones=[3, 3, 10, 25], gamma=0.4)', 'SGD(lr=0.3)', 30),
    ('ExponentialLR(gamma=0.9)', 'Adam(lr=0.002)', 60),
    ('ExponentialLR(gamma=1.05)', 'Adam(lr=0.002)', 60),
    ('LinearLR()', 'SGD(lr=0.3)', 12),
    ('LinearLR(start_factor=0.1, end_factor=0.5, total_iters=17)', 'SGD(lr=0.3)', 25),
    ('LinearLR(start_factor=1.0, end_factor=0.0, total_iters=17)', 'SGD(lr=0.3)', 25),
    ('CosineAnnealingLR(T_max=20)', 'SGD(lr=0.3)', 100),
    ('CosineAnnealingLR(T_max=13, eta_min=0.01)', 'SGD(lr=0.3)', 60),
    ('CosineAnnealingLR(T_max=1)', 'SGD(lr=0.3)', 8),
    ('OneCycleLR(max_lr=0.1, total_steps=40)', 'SGD(lr=0.3, momentum=0.9)', 40),
    ('OneCycleLR(max_lr=0.1, epochs=4, steps_per_epoch=10)', 'Adam(lr=0.002)', 37),
    ("OneCycleLR(max_lr=0.1, total_steps=37, pct_start=0.21, anneal_strategy='linear')", 'RMSprop(lr=0.01)', 37),
    ('OneCycleLR(max_lr=0.1, total_steps=40, three_phase=True)', 'SGD(lr=0.3, momentum=0.9)', 40),
    ("OneCycleLR(max_lr=0.1, total_steps=41, pct_start=0.4, three_phase=True, anneal_strategy='linear')", 'AdamW(lr=0.002)', 41),
    ('OneCycleLR(max_lr=0.1, total_steps=23, cycle_momentum=False, div_factor=10.0, final_div_factor=100.0)', 'Adagrad(lr=0.01)', 23),
    ('OneCycleLR(max_lr=0.1, total_steps=23, base_momentum=0.3, max_momentum=0.8)', 'Adam(lr=0.002)', 23),
    ('OneCycleLR(max_lr=0.1, total_steps=9, pct_start=0.0)', 'SGD(lr=0.3)', 9),
    ('OneCycleLR(max_lr=0.1, total_steps=9, pct_start=1.0)', 'SGD(lr=0.3)', 9),
    ('OneCycleLR(max_lr=0.1, total_steps=1)', 'SGD(lr=0.3)', 1),
]
# A momentum of 0 too, which the cycle overrules.
CYCLED = ['SGD(lr=0.1)', 'SGD(lr=0.1, momentum=0.9, nesterov=True)', 'SGD(lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.05)', 'Adam()',
          'Adam(amsgrad=True)', 'AdamW(weight_decay=0.3)', 'RMSprop()', 'RMSprop(momentum=0.7, centered=True)']
CYCLE = 'OneCycleLR(max_lr=0.1, total_steps=12, base_momentum=0.5)'
STEPS = 12
WIDTH = 6
# Data as RandomClassification(samples=20, features=4, classes=3) has them, network as below, in batches of 6: 4 steps an epoch.
RUNS = [
    dict(schedule='StepLR(step_size=2, gamma=0.5)', optimizer='SGD(lr=0.5, momentum=0.9)'),
    dict(schedule='CosineAnnealingLR(T_max=20)', by='step', optimizer='Adam(lr=0.02)'),
    dict(schedule='OneCycleLR(max_lr=0.3, total_steps=20)', optimizer='SGD(lr=0.5)'),
    dict(schedule='OneCycleLR(max_lr=0.05, total_steps=24)', optimizer='Adam(lr=0.5)'),
    dict(schedule=None, optimizer='SGD(lr=0.5)', clip_grad_value=0.03),
    dict(schedule='LinearLR(start_factor=0.1, total_iters=3)', optimizer='SGD(lr=0.5)', clip_grad_value=0.03, clip_grad_norm=0.1),
]
EPOCHS = 5


def bits(tensor):
    return ' '.join(struct.pack('>f', v).hex() for v in tensor.detach().flatten().tolist())


def call(text, names, *first):
    name, arguments = text.split('(', 1)
    arguments = eval('dict(' + arguments)
    if name == 'SGD':
        arguments.setdefault('lr', 0.001)
    return getattr(names, name)(*first, **arguments)


def momentum(optimizer):
    group = optimizer.param_groups[0]
    return group['betas'][0] if 'betas' in group else group.get('momentum')


def rates(schedule, optimizer, n):
    w = nn.Parameter(torch.zeros(1))
    steps = call(optimizer, torch.optim, [w])
    scheduler = call(schedule, lr_scheduler, steps)
    entry = dict(schedule=schedule, optimizer=optimizer, lr=[], momentum=[])
    for t in range(n):
        entry['lr'].append(steps.param_groups[0]['lr'])
        entry['momentum'].append(momentum(steps))
        steps.step()
        if t + 1 < n:
            scheduler.step()
    if 'OneCycleLR' not in schedule or 'cycle_momentum=False' in schedule:
        entry['momentum'] = None
    return entry


def cycled(optimizer):
    w = nn.Parameter(torch.sin(torch.arange(WIDTH, dtype=torch.float32)))
    steps = call(optimizer, torch.optim, [w])
    scheduler = call(CYCLE, lr_scheduler, steps)
    entry = dict(schedule=CYCLE, optimizer=optimizer, start=bits(w), gradients=[], weights=[])
    for t in range(STEPS):
        w.grad = torch.cos(1.7 * torch.arange(WIDTH) + t) * torch.tensor([1.0, 0.3, 0.0, 1e-6, float(t == 0), 20.0])
        entry['gradients'].append(bits(w.grad))
        steps.step()
        if t + 1 < STEPS:
            scheduler.step()
        entry['weights'].append(bits(w))
    return entry


def run(settings):
    torch.manual_seed(7)
    x, y = torch.randn(20, 4), torch.randint(0, 3, (20,))
    model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))
    loader = DataLoader(TensorDataset(x, y), batch_size=6, shuffle=True)
    steps = call(settings['optimizer'], torch.optim, model.parameters())
    scheduler = call(settings['schedule'], lr_scheduler, steps) if settings['schedule'] else None
    by_step = settings.get('by', 'step' if 'OneCycle' in str(settings['schedule']) else 'epoch') == 'step'
    entry = dict(settings, lr=[], loss=[])
    for epoch in range(EPOCHS):
        for inputs, targets in loader:
            entry['lr'].append(steps.param_groups[0]['lr'])
            steps.zero_grad()
            loss = nn.functional.cross_entropy(model(inputs), targets)
            loss.backward()
            if 'clip_grad_value' in settings:
                nn.utils.clip_grad_value_(model.parameters(), settings['clip_grad_value'])
            if 'clip_grad_norm' in settings:
                nn.utils.clip_grad_norm_(model.parameters(), settings['clip_grad_norm'])
            steps.step()
            entry['loss'].append(loss.item())
            if scheduler and by_step:
                scheduler.step()
        if scheduler and not by_step:
            scheduler.step()
    return entry


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('-o', default='schedules.json')
    torch.set_num_threads(1)
    file = dict(format=1, torch=torch.__version__.split('+')[0], rates=[rates(*r) for r in RATES], cycled=[cycled(o) for o in CYCLED],
                runs=[run(r) for r in RUNS])
    with open(parser.parse_args().o, 'w', encoding='ascii') as out:
        json.dump(file, out, indent=1)
        out.write('\n')


if __name__ == '__main__':
    sys.exit(main())
