#!/usr/bin/env python3
"""Writes mixing.tsv, what torchvision's v2.MixUp and v2.CutMix make of a batch when the random numbers are given, and losses.json, PyTorch's cross
entropy of what they make of classes.

    make_mixing.py            compares with the files
    make_mixing.py --write    writes them anew

Made with torch 2.15 and torchvision 0.29. Columns of mixing.tsv: MixUp or CutMix; images, height and width; the number from the Beta distribution;
for CutMix column and row of the box's centre, and the box (left, top, right, bottom); the labels of the images, of 5 classes, or their label sets, 0
or 1 for each class; SHA-256 of the mixed images (little-endian float32) and the bits of the mixed targets. Value i of a batch is the 32-bit product
of i and 0x9E3779B1, as a signed number, over 2^30.
"""
import hashlib
import json
import pathlib
import sys

import numpy
import torch
from torchvision.transforms import v2

CLASSES = 5
HERE = pathlib.Path(__file__).parent


def images(count, height, width):
    size = count * 3 * height * width
    product = numpy.arange(size, dtype=numpy.int64) * 0x9E3779B1
    signed = (product + 2**31) % 2**32 - 2**31
    return torch.from_numpy((signed / 2**30).astype(numpy.float32)).reshape(count, 3, height, width)


def mixed(kind, batch, target, share, centre):
    """Images, target and box, by torchvision's code with its random numbers replaced."""
    numbers = list(centre)
    mixing = getattr(v2, kind)(alpha=1.0, num_classes=CLASSES)
    mixing._dist.sample = lambda size: torch.tensor([share], dtype=torch.float64)
    boxes = []
    params = mixing.make_params
    mixing.make_params = lambda inputs: boxes.append(params(inputs)) or boxes[-1]
    randint = torch.randint
    torch.randint = lambda high, size: torch.tensor([numbers.pop(0)])
    try:
        changed, mixed_target = mixing(batch, target)
    finally:
        torch.randint = randint
    assert not numbers
    return changed, mixed_target, boxes[0].get('box', ())


def case(kind, count, height, width, share, centre, target):
    labels = torch.tensor([[int(c) for c in one] for one in target] if isinstance(target[0], str) else target)
    changed, mixed_target, box = mixed(kind, images(count, height, width), labels, share, centre)
    digest = hashlib.sha256(changed.contiguous().numpy().astype('<f4').tobytes()).hexdigest()
    bits = mixed_target.contiguous().numpy().view(numpy.uint32).ravel()
    return '\t'.join([kind, f'{count} {height} {width}', repr(share), ' '.join(map(str, centre)), ' '.join(map(str, box)),
                      ' '.join(map(str, target)), digest, ' '.join(f'{b:08x}' for b in bits)])


def float32(value):
    return float(numpy.float32(value))


CASES = [
    ('MixUp', 3, 4, 5, 0.25, (), [0, 4, 2]),
    ('MixUp', 3, 4, 5, float32(0.3), (), [1, 1, 3]),
    ('MixUp', 4, 7, 6, float32(0.9183), (), [3, 0, 0, 2]),
    ('MixUp', 2, 8, 8, float32(1e-7), (), [2, 1]),
    ('MixUp', 2, 8, 8, 1 - 2.0**-24, (), [2, 1]),
    ('MixUp', 2, 3, 3, 0.0, (), [0, 3]),
    ('MixUp', 1, 5, 4, float32(0.61), (), [4]),
    ('MixUp', 3, 32, 32, float32(0.444), (), ['01001', '11000', '00000']),
    ('CutMix', 3, 32, 24, float32(0.7), (11, 17), [0, 4, 2]),
    ('CutMix', 3, 24, 32, float32(0.7), (1, 23), [0, 4, 2]),
    ('CutMix', 4, 33, 31, float32(0.1), (30, 0), [3, 0, 0, 2]),
    ('CutMix', 2, 16, 16, float32(0.9999), (8, 8), [2, 1]),
    ('CutMix', 2, 16, 16, 0.0, (8, 8), [2, 1]),
    ('CutMix', 2, 15, 17, 0.0, (16, 3), [2, 1]),
    ('CutMix', 1, 9, 9, 0.5, (4, 4), [1]),
    ('CutMix', 3, 20, 20, float32(0.33), (5, 6), ['01001', '11000', '00000']),
]


def losses():
    logits = images(4, 1, 5)[:, 0, 0, :].double()
    result = []
    for share in (float32(0.3), 0.75):
        _, target, _ = mixed('MixUp', images(4, 2, 2), torch.tensor([0, 4, 2, 4]), share, ())
        for smoothing in (0.0, 0.1):
            for weights in ([], [0.5, 1.0, 2.0, 4.0, 0.25]):
                weight = torch.tensor(weights, dtype=torch.float64) if weights else None
                output = logits.clone().requires_grad_()
                loss = torch.nn.functional.cross_entropy(
                    output, target.double(), weight=weight, label_smoothing=smoothing)
                loss.backward()
                result.append({
                    'target': target.ravel().tolist(),
                    'label_smoothing': smoothing,
                    'class_weights': weights,
                    'loss': loss.item(),
                    'gradient': output.grad.ravel().tolist(),
                })
    return {'logits': logits.ravel().tolist(), 'losses': result}


def differs(expected, actual):
    if isinstance(expected, float):
        return not abs(expected - actual) <= 1e-12
    if isinstance(expected, dict):
        return expected.keys() != actual.keys() or any(differs(expected[key], actual[key]) for key in expected)
    if isinstance(expected, list):
        return len(expected) != len(actual) or any(map(differs, expected, actual))
    return expected != actual


if __name__ == '__main__':
    table = HERE.joinpath('mixing.tsv')
    text = ''.join(case(*one) + '\n' for one in CASES)
    loss_file = HERE.joinpath('losses.json')
    computed = losses()
    if '--write' in sys.argv[1:]:
        table.write_text(text)
        loss_file.write_text(json.dumps(computed, indent=1) + '\n')
    elif table.read_text() != text:
        sys.exit(f'{table.name} differs')
    elif differs(json.loads(loss_file.read_text()), computed):
        sys.exit(f'{loss_file.name} differs')
    else:
        print(f'{table.name}, {loss_file.name}: equal')
