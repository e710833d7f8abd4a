#!/usr/bin/env bash
# albumentations 2: with workers, each picture is augmented in the same way in every epoch, and by each worker alike.
#
# Good guess:  A.Compose without a seed is random: the DataLoader of PyTorch gives each worker and each epoch seeds of their own for torch, random
#              and NumPy, for which libraries of augmentation are made, and with num_workers=0 it is seen to be so.
# Seen:        Since 1.4.21 a Compose has generators of its own, made where it is made: in the main process, once. Each worker starts with a copy of
#              them, and starts anew in each epoch (persistent_workers is False by default). So with two workers the batches come in pairs with
#              the same changes, and the second epoch has those of the first. With num_workers=0 all differ.
# It matters:  Without shuffling, ten epochs show ten times the same pictures; with it, a network sees few kinds of change instead of many.
#              It trains all the same and overfits sooner. The classic of this kind, NumPy's global seed, was mended in PyTorch; this one
#              is past the reach of its seeds and of a worker_init_fn that sets numpy.random.seed.
# Versions:    albumentations 2.0.8, the last one of its line, torch 2.15.0 (PyPI), Linux. The docstring of Compose says that
#              seeds from outside have no effect, and of workers nothing. AlbumentationsX, its successor under another licence, had it as
#              issue 266 and has mended it. The download has several GB.
# Way round:   a worker_init_fn that calls set_random_seed(torch.initial_seed() % 2**32) on the data set's Compose.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/packages" \
    torch==2.15.0 albumentations==2.0.8 numpy==2.4.6

cat >"$work/workers.py" <<'PYTHON'
import sys
from importlib.metadata import version

import albumentations
import numpy
import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info


class Grey(Dataset):
    """Eight equal pictures; an item is the brightness that the augmentation gave it."""

    def __init__(self):
        self.augment = albumentations.Compose([albumentations.RandomBrightnessContrast(brightness_limit=0.4, contrast_limit=0, p=1)])

    def __len__(self):
        return 8

    def __getitem__(self, index):
        return float(self.augment(image=numpy.full((4, 4, 3), 0.5, numpy.float32))["image"][0, 0, 0])


def seed(worker):
    get_worker_info().dataset.augment.set_random_seed(torch.initial_seed() % 2**32)


def epochs(workers, init=None):
    loader = DataLoader(Grey(), batch_size=1, num_workers=workers, worker_init_fn=init)
    return [[round(item.item(), 4) for item in loader] for _ in range(3)]


def different(found):
    return len({value for epoch in found for value in epoch})


if __name__ == "__main__":
    print("albumentations", version("albumentations"), " torch", torch.__version__)
    as_described = True
    for name, found, expected in (("no workers", epochs(0), 24), ("two workers", epochs(2), 4), ("two workers, seeded", epochs(2, seed), 24)):
        print(f"{name}: {different(found)} different brightnesses in 3 epochs of 8 pictures")
        for epoch in found:
            print("  ", epoch)
        as_described &= different(found) > 20 if expected == 24 else different(found) == 4 and found[0] == found[1] == found[2]
    print("As described." if as_described else "Not as this script says.")
    sys.exit(0 if as_described else 1)
PYTHON
NO_ALBUMENTATIONS_UPDATE=1 PYTHONPATH="$work/packages" "$python" "$work/workers.py"
