#!/usr/bin/env python3
"""Writes operations.tsv and inputs.tsv: what torchvision's RandAugment makes of drawn pictures when the random numbers are given.

    make_randaugment.py            compares with the files
    make_randaugment.py --write    writes them anew

Made with torch 2.15, torchvision 0.29 and Pillow 13.0.0 on an x86-64 processor with AVX2, which it asks torch to use: without it torch
rounds one of the magnitudes otherwise.

operations.tsv: picture, width, height, operations, the whole numbers in the order in which they are asked for, magnitudes, and for each
of these the CRC-32 of the pixels.
inputs.tsv: width, height, side of the input, operations, magnitude, probability of erasing, the uniform numbers, the whole numbers, and
the SHA-256 of the float32 input (little-endian, planar) that torchvision's reference recipe makes, with nearest pixels in RandAugment.
"""
import hashlib
import os
import pathlib
import random
import sys
import zlib

os.environ['ATEN_CPU_CAPABILITY'] = 'avx2'

import numpy as np
import torch
from PIL import Image
from torchvision import transforms

FOLDER = pathlib.Path(__file__).parent
OPERATIONS = list(transforms.RandAugment()._augmentation_space(31, (1, 1)).items())
ALL = range(31)
SOME = [1, 9, 20, 30]


def picture(kind, width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    levels = (x * 7 + y * 13 + c * 29 + x * y % 31 * 5) % 256
    if kind == 'dim':
        levels = levels // 3 + 60
    elif kind == 'flat':
        levels = c * 120 + 7 + levels * 0
    return Image.fromarray(levels.astype(np.uint8))


def given(transform, image, uniforms, wholes):
    """The image transformed, with these in place of random numbers."""
    uniform, whole = list(uniforms), list(wholes)
    originals = torch.rand, torch.Tensor.uniform_, torch.randint

    def randint(*bounds, size=None):
        *bounds, size = bounds if size is None else (*bounds, size)
        low, high = bounds if len(bounds) == 2 else (0, *bounds)
        assert low <= whole[0] < high
        return torch.tensor([whole.pop(0)])

    torch.rand = lambda size: torch.tensor([uniform.pop(0)], dtype=torch.float64)
    torch.Tensor.uniform_ = lambda self, low, high: torch.tensor(
        [float(low) + (float(high) - float(low)) * uniform.pop(0)], dtype=torch.float64)
    torch.randint = randint
    try:
        return transform(image)
    finally:
        torch.rand, torch.Tensor.uniform_, torch.randint = originals
        assert not uniform and not whole


def row(*cells):
    return '\t'.join(' '.join(map(str, cell)) if isinstance(cell, (list, range)) else str(cell) for cell in cells) + '\n'


def drawn(kind, width, height, operations, wholes, magnitudes):
    image = picture(kind, width, height)
    sums = [f'{zlib.crc32(given(transforms.RandAugment(operations, magnitude), image, [], wholes).tobytes()):08x}'
            for magnitude in magnitudes]
    return row(kind, width, height, operations, wholes, magnitudes, sums)


def each(kind, width, height, magnitudes):
    for index, (_, (amounts, signed)) in enumerate(OPERATIONS):
        for sign in ([0], [1]) if signed else ([],):
            yield drawn(kind, width, height, 1, [index, *sign], magnitudes if amounts.ndim else [9])


def some(count):
    numbers = random.Random(1)
    for _ in range(count):
        operations = numbers.choice([2, 2, 3])
        wholes = []
        for _ in range(operations):
            wholes.append(numbers.randrange(len(OPERATIONS)))
            if OPERATIONS[wholes[-1]][1][1]:
                wholes.append(numbers.randrange(2))
        yield drawn('plain', 33, 50, operations, wholes, [5, 9, 17, 30])


def made(width, height, side, operations, magnitude, erasing, uniforms, wholes):
    recipe = transforms.Compose([
        transforms.RandomResizedCrop(side),
        transforms.RandomHorizontalFlip(),
        transforms.RandAugment(operations, magnitude),
        transforms.PILToTensor(),
        transforms.ConvertImageDtype(torch.float),
        transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        transforms.RandomErasing(erasing),
    ])
    values = given(recipe, picture('plain', width, height), uniforms, wholes)
    return row(width, height, side, operations, magnitude, erasing, uniforms, wholes,
               hashlib.sha256(values.contiguous().numpy().tobytes()).hexdigest())


FILES = {
    'operations.tsv': lambda: [
        *each('plain', 37, 29, ALL), *each('dim', 30, 45, SOME), *each('flat', 18, 15, SOME), *each('plain', 3, 3, SOME),
        *each('plain', 2, 5, SOME), *some(40)],
    'inputs.tsv': lambda: [
        made(97, 61, 32, 2, 9, 0.25, [0.5, 0.25, 0.9, 0.9], [0, 11, 1, 0, 13]),
        made(97, 61, 32, 2, 9, 0.25, [0.5, 0.25, 0.1, 0.9], [0, 11, 1, 0, 13]),
        made(97, 61, 33, 3, 14, 0.25, [0.1, 0.8, 0.2, 0.1, 0.5, 0.5], [32, 62, 5, 1, 12, 9, 0, 3, 7]),
        made(61, 97, 32, 1, 30, 0.5, [0.99, 0.01, 0.99, 0.99, 0.3, 0.5, 0.1, 0.6], [9, 4, 0]),
    ],
}

if __name__ == '__main__':
    for name, rows in FILES.items():
        text, file = ''.join(rows()), FOLDER / name
        if '--write' in sys.argv[1:]:
            file.write_text(text)
        elif file.read_text() != text:
            sys.exit(f'{name} differs')
        else:
            print(f'{name}: equal')
