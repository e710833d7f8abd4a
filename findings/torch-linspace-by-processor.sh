#!/usr/bin/env bash
# torch.linspace gives another number on a processor without AVX2, and with it RandAugment of torchvision other pixels.
#
# Good guess:  torch.linspace(0, 0.9, 31) on the CPU is one table of numbers: there is nothing to sum up in another order. So an
#              augmentation of whole pixels, with the random numbers given, gives the same picture on every machine.
# Seen:        Element 20 is 0.59999996 or 0.6. The kernel computes "end - step * i" in float32; compiled for AVX2 or AVX-512 the compiler
#              makes one instruction of product and difference, which rounds once, and for others two, which round twice.
# It matters:  RandAugment of torchvision takes its magnitudes from there. At magnitude 20 the factor of Brightness is 1.6 or just
#              below it, and Pillow cuts off after the point: every level that is a multiple of five is one lower. With the
#              default magnitude of 9, all is equal. Golden pictures must say which processor, or not go through linspace.
# Versions:    torch 2.15.0, torchvision 0.29.2 and Pillow 13.0.0 from PyPI on x86-64 with AVX2. Source: linspace_kernel in
#              aten/src/ATen/native/cpu/RangeFactoriesKernel.cpp. The environment variable ATEN_CPU_CAPABILITY chooses among what
#              torch was compiled for. The download has several GB.
# Way round:   compute the table by oneself, in float64 or with an explicit fma; a test of equality leaves magnitude 20 out.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/packages" \
    torch==2.15.0 torchvision==0.29.2 pillow==13.0.0 "numpy>=2,<3"

cat >"$work/magnitudes.py" <<'PYTHON'
import sys
import numpy
import torch
from PIL import Image
from torchvision import transforms

BRIGHTNESS, POSITIVE = 6, 0
ramp = Image.fromarray(numpy.arange(256, dtype=numpy.uint8).reshape(16, 16)).convert("RGB")
brighter = []
for magnitude in range(31):
    numbers = [BRIGHTNESS, POSITIVE]
    torch.randint = lambda *bounds: torch.tensor([numbers.pop(0)])
    brighter.append(numpy.asarray(transforms.RandAugment(1, magnitude)(ramp)))
numpy.savez(sys.argv[1], table=torch.linspace(0.0, 0.9, 31).numpy(), brighter=numpy.stack(brighter))
print("torch", torch.__version__, "for", torch.backends.cpu.get_cpu_capability())
PYTHON

cat >"$work/compare.py" <<'PYTHON'
import sys
import numpy

plain, avx2 = (numpy.load(name) for name in sys.argv[1:])
elements = numpy.flatnonzero(plain["table"] != avx2["table"]).tolist()
print("elements that differ:", [(i, str(plain["table"][i]), str(avx2["table"][i])) for i in elements])
differ = plain["brighter"] != avx2["brighter"]
magnitudes = [m for m in range(31) if differ[m].any()]
print("magnitudes of Brightness that differ:", magnitudes)
if magnitudes == [20]:
    print(f"at 20: {100 * differ[20].mean():.0f} % of the values of a ramp")
sys.exit(0 if elements == [20] and magnitudes == [20] else 1)
PYTHON

for level in default avx2; do
    PYTHONPATH="$work/packages" ATEN_CPU_CAPABILITY=$level "$python" "$work/magnitudes.py" "$work/$level.npz"
done
PYTHONPATH="$work/packages" "$python" "$work/compare.py" "$work/default.npz" "$work/avx2.npz"
echo "As described."
