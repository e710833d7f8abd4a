#!/usr/bin/env python3
"""What Pillow and torchvision make of the images in this folder: expected_*. The names say what is done to which image (README.md).

    make_expected.py            compares the pixels with the files
    make_expected.py --write    writes them anew

Needs Pillow 9.4 to 12 (Debian 12: python3-pil) and numpy. torchvision's Resize and CenterCrop are their few lines around
Pillow's resize, ToTensor and Normalize theirs around numpy, so torchvision itself is not needed.
"""
import pathlib
import re
import sys

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
FILTERS = {'bilinear': Image.BILINEAR, 'bicubic': Image.BICUBIC, 'lanczos': Image.LANCZOS, 'nearest': Image.NEAREST}


def rgb(name):
    return Image.open(HERE / name).convert('RGB')


def imagenet(image):
    """Resize(256), CenterCrop(224)."""
    width, height = image.size
    short, long = min(width, height), max(width, height)
    if short != 256:
        size = 256, int(256 * long / short)
        image = image.resize(size if width <= height else size[::-1], Image.BILINEAR)
    width, height = image.size
    left, top = int(round((width - 224) / 2)), int(round((height - 224) / 2))
    return image.crop((left, top, left + 224, top + 224))


def coco(image):
    """Resize((224, 224))."""
    return image.resize((224, 224), Image.BILINEAR)


def normalised(image):
    """ToTensor and Normalize: planes of float32."""
    pixels = np.asarray(image, np.float32).transpose(2, 0, 1) / np.float32(255)
    mean, std = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])
    return (pixels - mean[:, None, None]) / std[:, None, None]


def source(stem):
    """gray_jpg is gray.jpg."""
    return re.sub(r'_([a-z]+)$', r'.\1', stem)


def make(name):
    kind, rest = re.fullmatch(r'expected_([a-z]+)_(.*)\.png', name).groups()
    if kind == 'imagenet':
        return imagenet(rgb(source(rest)))
    if kind == 'coco':
        return coco(rgb(source(rest)))
    if kind == 'decoded':
        return rgb(source(rest))
    stem, width, height = re.fullmatch(r'(odd|gray)_(\d+)x(\d+)', rest).groups()
    image = rgb('odd_333x257.png') if stem == 'odd' else Image.open(HERE / 'gray.png')
    return image.resize((int(width), int(height)), FILTERS[kind])


def main():
    good, count = True, 0
    for file in sorted(HERE.glob('expected_*.png')):
        made = make(file.name)
        if '--write' in sys.argv:
            made.save(file, optimize=True)
            continue
        kept = np.asarray(Image.open(file).convert('RGB'))
        apart = np.abs(kept.astype(int) - np.asarray(made.convert('RGB')).astype(int)).max()
        count += 1
        if apart:
            good = False
            print(f'{file.name}: {apart} levels apart')
    tensor = HERE / 'expected_tensor_landscape.npy'
    made = normalised(imagenet(rgb('landscape_500x375.png')))
    if '--write' in sys.argv:
        np.save(tensor, made)
        return 0
    apart = np.abs(np.load(tensor) - made).max()
    print(f'{count} images, {"all equal" if good else "some differ"}; the tensor is {apart:.1e} apart')
    return 0 if good and apart < 1e-6 else 1


if __name__ == '__main__':
    sys.exit(main())
