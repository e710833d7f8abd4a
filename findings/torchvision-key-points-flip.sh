#!/usr/bin/env bash
# torchvision's v2 transforms: a flip moves key points by another rule than boxes, and than every other transform moves key points.
#
# Good guess:  A key point on a corner of a box is on that corner after any transform of v2, and a horizontal and a vertical flip are
#              a rotation by 180 degrees.
# Seen:        The flips take an x to W - 1 - x for key points and to W - x for boxes: the point lies one pixel off its box, to the left and the
#              top. Rotation, affine, perspective (also one that mirrors), resize, crop and padding move both alike, so that both flips together
#              give other key points than a rotation by 180 degrees, and a flip before a resize others than one after it: off by 7 pixels after
#              enlarging 8 times. Nothing tells whether numbers are of a pixel's index or of its edge; the transforms disagree about it.
# It matters:  RandomHorizontalFlip is in every training. Whether a data set's key points are indices of pixels or places between them, some
#              of the transforms are a pixel off, in half of the pictures, which at a heat map of the network's own resolution is the
#              accuracy aimed at. A point on the right edge of its box lies outside of it after the flip.
# Versions:    torch 2.15.0, torchvision 0.29.2 (PyPI), where KeyPoints is called beta. Source: horizontal_flip_keypoints and
#              horizontal_flip_bounding_boxes in torchvision/transforms/v2/functional/_geometry.py. The download has several GB.
# Way round:   flip by v2.functional.perspective or affine, or add 1 to what a flip has mirrored; or keep numbers of pixel indices
#              and leave the resize to the last, then by hand: (x + 0.5) * scale - 0.5.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/packages" \
    torch==2.15.0 torchvision==0.29.2 "numpy>=2,<3"

cat >"$work/corners.py" <<'PYTHON'
import sys

import torch
import torchvision
from torchvision import tv_tensors
from torchvision.transforms.v2 import functional as F

H, W = SIZE = (50, 100)
BOX = torch.tensor([[10.0, 20.0, 30.0, 40.0]])
CORNERS = BOX.reshape(2, 2)  # the upper left and the lower right one
FRAME = [[0, 0], [W, 0], [W, H], [0, H]]


def of_box(transform):
    return transform(tv_tensors.BoundingBoxes(BOX, format="XYXY", canvas_size=SIZE))[0].tolist()


def of_points(transform):
    """The box around the two corners as key points."""
    points = transform(tv_tensors.KeyPoints(CORNERS, canvas_size=SIZE))
    return points.amin(0).tolist() + points.amax(0).tolist()


print("torch", torch.__version__, " torchvision", torchvision.__version__)
as_described = True
for name, transform, left, up in (
        ("horizontal_flip", F.horizontal_flip, 1, 0),
        ("vertical_flip", F.vertical_flip, 0, 1),
        ("horizontal_flip, then resize by 8", lambda x: F.resize(F.horizontal_flip(x), [8 * H, 8 * W]), 8, 0),
        ("resize by 8, then horizontal_flip", lambda x: F.horizontal_flip(F.resize(x, [8 * H, 8 * W])), 1, 0),
        ("both flips", lambda x: F.vertical_flip(F.horizontal_flip(x)), 1, 1),
        ("rotate by 180 degrees", lambda x: F.rotate(x, 180), 0, 0),
        ("affine by 180 degrees", lambda x: F.affine(x, 180, [0, 0], 1, [0, 0]), 0, 0),
        ("rotate by 90 degrees", lambda x: F.rotate(x, 90, expand=True), 0, 0),
        ("perspective that mirrors", lambda x: F.perspective(x, FRAME, [FRAME[i] for i in (1, 0, 3, 2)]), 0, 0),
        ("resize", lambda x: F.resize(x, [2 * H, 2 * W]), 0, 0),
        ("crop", lambda x: F.crop(x, 5, 5, 40, 80), 0, 0),
        ("pad", lambda x: F.pad(x, [3, 4]), 0, 0)):
    box, points = of_box(transform), of_points(transform)
    off = [b - p for b, p in zip(box, points)]
    print(f"{name}: box {[round(value, 2) for value in box]}, its corners as key points {[round(value, 2) for value in points]}"
          f"{'  <-- off' if max(map(abs, off)) > 0.01 else ''}")
    as_described &= max(abs(o - e) for o, e in zip(off, (left, up, left, up))) < 0.01
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work/packages" "$python" "$work/corners.py"
