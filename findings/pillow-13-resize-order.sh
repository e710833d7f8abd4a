#!/usr/bin/env bash
# Pillow 13.0.0 resizes some pictures in the other order, so that a model's input is no longer that of Pillow 12 and before.
#
# Good guess:  Image.resize has given the same bytes for years (9.4 to 12.3 do, with every filter); a new release may be faster,
#              but the same picture, size and filter give the same pixels.
# Seen:        From 13.0.0 on, the vertical pass runs first where the number of rows that go is larger than twice the number of
#              columns that go. Each pass rounds and clips to 8 bits, so the order shows: one level with BILINEAR on a
#              fifth of the values, more than ten with BICUBIC and LANCZOS beside hard edges, which overshoot between the passes.
#              It counts pixels, not proportions: 300x450 to 224x224 is hit, the same shape at 600x900 is not, nor is 480x640.
# It matters:  torchvision's Resize goes through it (PIL images): Resize((224, 224)) on portrait pictures, Resize(256) on
#              those more than twice as high as wide. Figures measured with the one are not to the digit those of the other,
#              and a preprocessing that was checked "bit for bit against Pillow" must say against which.
# Versions:    Pillow 12.3.0 and 13.0.0, numpy 2.x, from PyPI. Source: src/libImaging/Resample.c of 13.0.0 (pull request 9549).
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in 12.3.0 13.0.0; do
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps \
        --target "$work/$version" "Pillow==$version"
done
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/numpy" "numpy>=2,<3"

cat >"$work/resize.py" <<'PYTHON'
import sys
import numpy
import PIL
from PIL import Image

sizes = [((480, 640), (224, 224)), ((300, 450), (224, 224)), ((600, 900), (224, 224)), ((300, 900), (256, 768)),
         ((500, 375), (300, 224))]
answers = {}
for (width, height), size in sizes:
    noise = numpy.random.RandomState(7).randint(0, 256, (height, width, 3)).astype("uint8")
    for name in ("BILINEAR", "BICUBIC", "LANCZOS"):
        resized = Image.fromarray(noise).resize(size, Image.Resampling[name])
        answers[f"{width}x{height} to {size[0]}x{size[1]}, {name}"] = numpy.asarray(resized)
numpy.savez(sys.argv[1], **answers)
print("Pillow", PIL.__version__)
PYTHON

cat >"$work/compare.py" <<'PYTHON'
import sys
import numpy

before, after = (numpy.load(name) for name in sys.argv[1:])
wrong = 0
for key in before:
    (width, height), (w, h) = (map(int, part.split("x")) for part in key.split(",")[0].split(" to "))
    vertical_first = height - h > 0 and height - h > 2 * (width - w)
    distance = int(numpy.abs(before[key].astype(int) - after[key]).max())
    share = float((before[key] != after[key]).mean())
    print(f"{key}: largest difference {distance}, {100 * share:.1f} % of the values")
    expected = distance == 0 if not vertical_first else distance == 1 if "BILINEAR" in key else distance > 4
    if not expected:
        wrong += 1
        print("  not as this script says")
sys.exit(1 if wrong else 0)
PYTHON

for version in 12.3.0 13.0.0; do
    PYTHONPATH="$work/$version:$work/numpy" "$python" "$work/resize.py" "$work/$version.npz"
done
PYTHONPATH="$work/numpy" "$python" "$work/compare.py" "$work/12.3.0.npz" "$work/13.0.0.npz"
echo "As described."
