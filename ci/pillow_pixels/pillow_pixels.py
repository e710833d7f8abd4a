"""Compares decoded pixels with Pillow's, of every picture in a folder, by kind.

    pillow_pixels.py PICTURES WORK [--verbose] -- JAVA COMMAND

The command reads names of files and answers as PillowPixels.java does. It is started again after a file that ends it.
"""

import collections
import os
import subprocess
import sys
import warnings

import numpy as np
from PIL import Image, ImageOps
from PIL import __version__ as version

# what the product says that it reads; of the other kinds only the refusal counts
READ = ["JPEG", "MPO", "PNG", "BMP", "DIB", "WEBP", "TIFF", "PPM"]
NAMES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".apng": "PNG", ".bmp": "BMP", ".webp": "WEBP", ".tif": "TIFF",
         ".tiff": "TIFF", ".ppm": "PPM", ".pgm": "PPM", ".pbm": "PPM", ".pnm": "PPM"}
Image.MAX_IMAGE_PIXELS = 178_956_970 // 2  # Pillow's own: an error at twice as many


class Decoder:
    """The product, in a process of its own."""

    def __init__(self, command, work):
        self.command, self.work, self.process = command, work, None

    def answer(self, file):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                            stderr=open(os.path.join(self.work, "stderr"), "wb"))
        lines = os.path.join(self.work, "stderr")
        before = os.path.getsize(lines)
        self.process.stdin.write(file + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().rstrip("\n")
        with open(lines, errors="replace") as said:
            said.seek(before)
            return answer or "ended the process", said.read().strip()

    def pixels(self, which, size):
        width, height = map(int, size.split("x"))
        return np.fromfile(os.path.join(self.work, which), np.uint8).reshape(height, width, 3)


def pillow(file):
    """Kind, mode, pixels as stored and upright, or why not."""
    kind = mode = None
    try:
        with Image.open(file) as image:
            kind, mode = image.format, image.mode
            upright = ImageOps.exif_transpose(image).convert("RGB")
        with Image.open(file) as image:
            return kind, mode, np.asarray(image.convert("RGB")), np.asarray(upright), None
    except Exception as problem:
        return kind, mode, None, None, f"{type(problem).__name__}: {problem}".replace(file, os.path.basename(file))


def difference(ours, theirs):
    if ours.shape != theirs.shape:
        return f"another size ({ours.shape[1]}x{ours.shape[0]}, Pillow {theirs.shape[1]}x{theirs.shape[0]})"
    levels = np.abs(ours.astype(int) - theirs)
    return int(levels.max()), float((levels.max(axis=2) > 0).mean())


def compare(decoder, file):
    """Kind, what came of it in one word or two, and the details."""
    kind, mode, stored, upright, problem = pillow(file)
    answer, said = decoder.answer(file)
    kind = kind or NAMES.get(os.path.splitext(file)[1].lower(), "other")
    noise = f" [stderr: {said}]" if said else ""
    if answer.startswith("read "):
        if stored is None:
            return kind, "read by us alone", f"Pillow: {problem}{noise}"
        ours = [difference(decoder.pixels(which, size), theirs) for which, size, theirs in zip(
            ("stored", "upright"), answer.split()[1:], (stored, upright))]
        if any(isinstance(one, str) for one in ours):
            return kind, "other size", f"{mode}: {ours}{noise}"
        most = max(one[0] for one in ours)
        if most == 0:
            return kind, "equal", noise
        return kind, "1 level" if most == 1 else "more levels", f"{mode}: up to {most} levels, in {ours[0][1]:.1%} of the pixels{noise}"
    if answer.startswith("refused "):
        return kind, "refused by both" if stored is None else "refused by us alone", answer[8:] + noise + (
            "" if stored is not None else f" (Pillow: {problem})")
    return kind, "ENDED THE PROCESS", noise


def main():
    arguments, command = sys.argv[1:sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1:]
    pictures, work = arguments[:2]
    warnings.simplefilter("ignore")
    files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(pictures) for name in names)
    decoder = Decoder(command, work)
    table = collections.defaultdict(collections.Counter)
    details = []
    noisy = 0
    for file in files:
        kind, result, detail = compare(decoder, file)
        noisy += "[stderr: " in detail
        if kind not in READ:
            kind = "all others"
        table[kind][result] += 1
        if detail and (result != "refused by both" or "[stderr" in detail or "--verbose" in arguments):
            details.append(f"{kind:<11}{result:<20}{os.path.relpath(file, pictures)}: {detail}")
    results = ["equal", "1 level", "more levels", "other size", "refused by both", "refused by us alone", "read by us alone",
               "ENDED THE PROCESS"]
    print(f"Pillow {version}, {len(files)} files; files after which the native libraries wrote to standard error: {noisy}\n")
    print("\n".join(sorted(details)))
    print("\n" + f"{'kind':<12}" + "".join(f"{result:>21}" for result in results))
    for kind in READ + ["all others"]:
        print(f"{kind:<12}" + "".join(f"{table[kind][result] or '-':>21}" for result in results))
    return 1 if any(counts["ENDED THE PROCESS"] for counts in table.values()) else 0


sys.exit(main())
