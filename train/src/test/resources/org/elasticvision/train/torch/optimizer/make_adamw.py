#!/usr/bin/env python3
"""What steps of torch.optim.AdamW leave, in float64: adamw.json.

Made with PyTorch 2.15; other versions round the last digits otherwise, so figures are compared to 1e-12.

    make_adamw.py            compares with the file
    make_adamw.py --write    writes it anew

Two groups of one parameter each, with a learning rate that changes from step to step and a weight decay of their own; at one
step the second parameter has no gradient.
"""
import json
import pathlib
import sys

import torch

FILE = pathlib.Path(__file__).with_name('adamw.json')
STEPS = 6


def run():
    torch.manual_seed(0)
    first = torch.nn.Parameter(torch.randn(5).double())
    second = torch.nn.Parameter(torch.randn(3).double())
    optimizer = torch.optim.AdamW(
        [{'params': [first], 'weight_decay': 0.05}, {'params': [second], 'weight_decay': 0.0}], lr=1.0, foreach=False)
    case = {'weight_decay': [0.05, 0.0], 'first': first.tolist(), 'second': second.tolist(), 'steps': []}
    for step in range(STEPS):
        rates = [0.01 / (step + 1), 0.1 / (step + 1)]
        for group, rate in zip(optimizer.param_groups, rates):
            group['lr'] = rate
        first.grad = torch.randn(5).double() * 10.0 ** (step - 3)
        second.grad = None if step == 2 else torch.randn(3).double()
        gradients = [first.grad.tolist(), [] if second.grad is None else second.grad.tolist()]
        optimizer.step()
        state = [{key: value.tolist() for key, value in optimizer.state[p].items()} for p in (first, second)]
        case['steps'].append({'rates': rates, 'gradients': gradients, 'first': first.tolist(),
                              'second': second.tolist(), 'state': state})
    return case


def alike(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(alike, a, b))
    return abs(a - b) <= 1e-12 * abs(b)


if __name__ == '__main__':
    text = json.dumps(run(), indent=1) + '\n'
    if '--write' in sys.argv[1:]:
        FILE.write_text(text)
    elif not alike(json.loads(text), json.loads(FILE.read_text())):
        sys.exit(f'{FILE.name} differs')
    else:
        print(f'{FILE.name}: equal')
