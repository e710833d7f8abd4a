"""Pillow's and torchvision's part of ci/preprocess-speed.sh, which also conducts: BLOCKS FOLDER -- JAVA-COMMAND..."""

import io
import statistics
import subprocess
import sys
import time

import PIL
import torch
import torchvision
from PIL import Image
from torchvision import transforms

blocks, folder = int(sys.argv[1]), sys.argv[2]
java = subprocess.Popen(sys.argv[4:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
if java.stdout.readline().strip() != "ready":
    sys.exit("the Java part failed")

torch.set_num_threads(1)
transform = transforms.Compose([
    transforms.Resize(256),
    transforms.CenterCrop(224),
    transforms.ToTensor(),
    transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
])
names = [f"{folder}/{i}" for i in range(16)]
encoded = [open(name + ".jpg", "rb").read() for name in names]


def preprocess(data):
    return transform(Image.open(io.BytesIO(data)).convert("RGB"))


def python_block():
    start = time.perf_counter()
    for data in encoded:
        preprocess(data)
    return (time.perf_counter() - start) * 1e3 / len(encoded)


def java_block():
    java.stdin.write("go\n")
    return float(java.stdout.readline())


difference = 0.0
for name, data in zip(names, encoded):
    ours = torch.frombuffer(bytearray(open(name + ".f32", "rb").read()), dtype=torch.float32)
    difference = max(difference, float((preprocess(data).flatten() - ours).abs().max()))

for _ in range(5):
    python_block()
pairs = [(java_block(), python_block()) for _ in range(blocks)]
java.stdin.close()
java.wait()

print(f"largest difference between the inputs: {difference:.6f}"
      f" (one of 255 levels is {1 / 255 / 0.229:.4f} in red)")
print(f"ElasticVision                            {statistics.median(a for a, _ in pairs):.3f} ms an image")
print(f"Pillow {PIL.__version__} + torchvision {torchvision.__version__}  "
      f"{statistics.median(b for _, b in pairs):.3f} ms an image")
print(f"ratio {statistics.median(a / b for a, b in pairs):.2f}")
