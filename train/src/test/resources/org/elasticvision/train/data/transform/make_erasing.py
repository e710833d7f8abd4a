#!/usr/bin/env python3
"""Writes erasing.tsv: which rectangle torchvision's RandomErasing erases when the random numbers are given.

    make_erasing.py            compares with the file
    make_erasing.py --write    writes it anew

Made with torch 2.15 and torchvision 0.29. Columns: width, height, probability, the uniform numbers in the order in which they are asked
for, the whole numbers, and the rectangle (x y w h) that is 0 afterwards, or - for none.
"""
import pathlib
import sys

import torch
from torchvision import transforms

FILE = pathlib.Path(__file__).with_name('erasing.tsv')


def erased(width, height, probability, uniforms, wholes):
    uniform, whole = list(uniforms), list(wholes)
    originals = torch.rand, torch.Tensor.uniform_, torch.randint

    def randint(low, high, size):
        assert low <= whole[0] < high
        return torch.tensor([whole.pop(0)])

    torch.rand = lambda size: torch.tensor([uniform.pop(0)], dtype=torch.float64)
    torch.Tensor.uniform_ = lambda self, low, high: torch.tensor(
        [float(low) + (float(high) - float(low)) * uniform.pop(0)], dtype=torch.float64)
    torch.randint = randint
    image = transforms.RandomErasing(p=probability)(torch.ones(3, height, width))
    torch.rand, torch.Tensor.uniform_, torch.randint = originals
    assert not uniform and not whole
    gone = (image == 0).nonzero().tolist()
    if not gone:
        return '-'
    y, x = min(p[1] for p in gone), min(p[2] for p in gone)
    h, w = max(p[1] for p in gone) - y + 1, max(p[2] for p in gone) - x + 1
    assert len(gone) == 3 * h * w
    return f'{x} {y} {w} {h}'


CASES = [
    (48, 32, 0.25, [0.25], []),
    (48, 32, 0.25, [0.1, 0.5, 0.5], [3, 7]),
    (48, 32, 0.25, [0.24, 0.0, 0.9], [0, 0]),
    (48, 32, 1.0, [0.99, 1 - 2**-20, 0.99, 0.3, 0.2], [20, 11]),
    (32, 48, 1.0, [0.5, 0.9, 0.6], [8, 13]),
    (224, 224, 0.5, [0.4, 0.7, 0.05], [100, 7]),
    (9, 100, 1.0, [0.0] + [0.9, 0.1] * 10, []),
    (5, 5, 1.0, [0.0, 0.0, 0.0], [4, 3]),
]

if __name__ == '__main__':
    text = ''.join('\t'.join([str(w), str(h), str(p), ' '.join(map(str, u)), ' '.join(map(str, n)),
                              erased(w, h, p, u, n)]) + '\n' for w, h, p, u, n in CASES)
    if '--write' in sys.argv[1:]:
        FILE.write_text(text)
    elif FILE.read_text() != text:
        sys.exit(f'{FILE.name} differs')
    else:
        print(f'{FILE.name}: equal')
