#!/usr/bin/env bash
# safetensors 0.8 writes a transposed NumPy array with its numbers in another order, which 0.7 wrote rightly.
#
# Good guess:  What safetensors.numpy.save_file cannot write it refuses, as safetensors.torch does ("You are trying to save a non contiguous
#              tensor"). So a kernel that numpy.transpose has turned from Keras' order of axes to PyTorch's is read back as it was.
# Seen:        The file has the shape of the transposed array and the numbers in the order of the array before it. Nothing is printed, and
#              loading finds no fault. It is so with any array whose memory is not in C order: .T, transpose, numpy.asfortranarray, and
#              what LAPACK hands out. Release 0.7.0 writes the same arrays as they are meant.
# It matters:  A converter between frameworks is a loop of numpy.transpose and a save. After an update of one package each of its kernels has
#              the right name, type and shape and the wrong weights; the same sum, too, so that a check of sums or histograms passes.
# Versions:    safetensors 0.7.0 and 0.8.0, the newest in November 2026, with numpy 2.4.6 (PyPI). The documentation asks for "contiguous and
#              dense" tensors, which an array in Fortran's order is in NumPy's own words (flags.f_contiguous). Source: _flatten in numpy.py, which
#              since 0.8 hands over the address instead of tobytes(). Known as safetensors/safetensors issue 825 (by an array
#              of scikit-learn's PCA), and not mended in a release.
# Way round:   numpy.ascontiguousarray around each array, or 0.7.0.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/transposed.py" <<'PYTHON'
import sys
from importlib.metadata import version

import numpy
from safetensors.numpy import load_file, save_file

kernel = numpy.arange(3 * 3 * 2 * 4, dtype="float32").reshape(3, 3, 2, 4)  # height, width, in, out
arrays = {"as it is": kernel, "transposed": kernel.transpose(3, 2, 0, 1), "Fortran's order": numpy.asfortranarray(kernel),
          "made C order": numpy.ascontiguousarray(kernel.transpose(3, 2, 0, 1))}
save_file(arrays, sys.argv[1])
loaded = load_file(sys.argv[1])
equal = {name: bool(numpy.array_equal(loaded[name], array)) for name, array in arrays.items()}
print("safetensors", version("safetensors"))
for name, array in arrays.items():
    assert loaded[name].shape == array.shape and loaded[name].sum() == array.sum()
    print(f"  {name}: the shape and the sum are as saved,", "and so are the numbers" if equal[name] else "and the numbers are in another order")
expected = {name: version("safetensors") == "0.7.0" or name in ("as it is", "made C order") for name in arrays}
if equal != expected:
    print("Not as this script says.")
    sys.exit(1)
PYTHON
for version in 0.7.0 0.8.0; do
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/$version" \
        safetensors==$version numpy==2.4.6
    PYTHONPATH="$work/$version" "$python" "$work/transposed.py" "$work/$version.safetensors"
done
echo "As described."
