"""Writes reference.tsv: what Pillow, torch and torchvision make of a drawn picture when the random numbers are given.

Run with Python 3, Pillow 9.4, torch 1.13 and torchvision 0.14: python3 make_reference.py > reference.tsv
Columns: kind, width, height, input side, the uniform numbers, the whole numbers, the crop (x y w h) or -, SHA-256 of the
float32 input (little-endian, planar), SHA-256 of the mask or -.
"""
import hashlib
import math

import numpy as np
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional

MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def picture(width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return Image.fromarray(((x * 7 + y * 13 + c * 29 + x * y % 31 * 5) % 256).astype(np.uint8))


def mask(width, height):
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(((x // 5 + y // 3) % 21).astype(np.uint8))


def normalised(image):
    return transforms.Normalize(MEAN, STD)(transforms.ToTensor()(image))


def sha(tensor):
    return hashlib.sha256(tensor.contiguous().numpy().tobytes()).hexdigest()


def row(kind, width, height, side, uniforms, wholes, box, image, target):
    print(kind, width, height, side, ' '.join(map(str, uniforms)), ' '.join(map(str, wholes)), box, image, target, sep='\t')


def resized_crop(width, height, side, uniforms, wholes):
    left_uniform, left_whole = list(uniforms), list(wholes)
    original = torch.Tensor.uniform_, torch.randint
    torch.Tensor.uniform_ = lambda self, a, b: torch.tensor([float(a) + (float(b) - float(a)) * left_uniform.pop(0)],
                                                            dtype=torch.float64)

    def randint(low, high, size):
        assert low <= left_whole[0] < high
        return torch.tensor([left_whole.pop(0)])

    torch.randint = randint
    image = picture(width, height)
    y, x, h, w = transforms.RandomResizedCrop.get_params(image, (0.08, 1.0), (3 / 4, 4 / 3))
    torch.Tensor.uniform_, torch.randint = original
    crop = functional.resized_crop(image, y, x, h, w, (side, side), transforms.InterpolationMode.BILINEAR)
    if left_uniform.pop(0) < 0.5:
        crop = functional.hflip(crop)
    row('crop', width, height, side, uniforms, wholes, f'{x} {y} {w} {h}', sha(normalised(crop)), '-')


def padded_crop(width, height, side, uniforms, wholes):
    image, target = picture(width, height), mask(width, height)
    if uniforms[0] < 0.5:
        image, target = functional.hflip(image), functional.hflip(target)
    scale = 2 ** (-1 + 2 * uniforms[1])
    size = round(width * scale), round(height * scale)
    image = normalised(image.resize(size, Image.LANCZOS))
    target = torch.from_numpy(np.array(target.resize(size, Image.NEAREST)))
    across, down = (max(0, math.ceil((side - length) / 2)) for length in size)
    image = torch.nn.functional.pad(image, (across, across, down, down), value=0)
    target = torch.nn.functional.pad(target, (across, across, down, down), value=255)
    y, x = wholes
    window = slice(y, y + side), slice(x, x + side)
    row('segment', width, height, side, uniforms, wholes, '-', sha(image[(slice(None), *window)]), sha(target[window]))


resized_crop(97, 61, 32, [0.5, 0.25, 0.9], [0, 11])
resized_crop(97, 61, 32, [0.1, 0.8, 0.2], [32, 62])
resized_crop(61, 97, 33, [0.99, 0.01, 0.99, 0.99, 0.3, 0.5, 0.1], [9, 4])
resized_crop(200, 20, 32, [0.99, 0.5] * 10 + [0.7], [])
resized_crop(20, 200, 32, [0.99, 0.5] * 10 + [0.2], [])
padded_crop(97, 61, 65, [0.9, 0.5], [0, 13])
padded_crop(97, 61, 65, [0.1, 0.9], [20, 37])
padded_crop(97, 61, 65, [0.3, 0.2], [0, 1])
padded_crop(40, 120, 64, [0.7, 0.4], [17, 0])
padded_crop(97, 61, 128, [0.3, 0.1], [1, 0])
