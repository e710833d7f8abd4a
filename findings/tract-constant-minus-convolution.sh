#!/usr/bin/env bash
# tract computes "a constant for each channel minus a convolution" as their sum, and the quotient of the two as infinity.
#
# Good guess:  A runtime that folds arithmetic into the convolution before it does so for sums and products, which do not care for the order,
#              and looks at the order for differences and quotients.
# Seen:        offset - Conv(x), with an offset for each channel, is offset + Conv(x) in tract: the offset goes into the bias and the weights
#              keep their sign. scale / Conv(x) divides by the bias: infinite without one. The other order is right; so are
#              one number for all channels (1 - Conv(x)), a 1x1 convolution, and no convolution before. Nothing is printed.
#              ONNX Runtime and ONNX's reference evaluator agree with arithmetic by hand.
# It matters:  A constant minus what a layer predicts is the usual end of a network that predicts noise, a residual or an inverted
#              picture; the shape and the range look right. Give the weights and the bias the other sign and add the constant.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, tract 0.23.9 (PyPI), opset 13.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 tract==0.23.9 numpy==2.4.6

cat >"$work/minus.py" <<'PYTHON'
import pathlib
import sys
import tempfile

import numpy
import onnx
import onnxruntime
import tract
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

numbers = numpy.random.RandomState(3)
x = numbers.rand(1, 3, 6, 6).astype("float32")
weight = numbers.rand(3, 3, 3, 3).astype("float32")  # positive, for the quotients
windows = numpy.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(2, 3))
convolution = numpy.einsum("oiab,nihwab->nohw", weight, windows)
channels = numpy.array([1, 2, 3], "float32").reshape(3, 1, 1)
one = numpy.array(1, "float32")


def model(op, constant, constant_first, convolve):
    value = "c" if convolve else "x"
    nodes = [helper.make_node("Conv", ["x", "w"], ["c"])] if convolve else []
    nodes.append(helper.make_node(op, ["k", value] if constant_first else [value, "k"], ["y"]))
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
              for name, shape in (("x", x.shape), ("y", convolution.shape if convolve else x.shape))]
    weights = [numpy_helper.from_array(constant, "k")] + ([numpy_helper.from_array(weight, "w")] if convolve else [])
    result = helper.make_model(helper.make_graph(nodes, "g", values[:1], values[1:], weights),
                               opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


def reference(m):
    return ReferenceEvaluator(m).run(None, {"x": x})[0]


def in_tract(m):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "m.onnx")
        onnx.save(m, path)
        return tract.onnx().load(path).into_model().into_runnable().run([x])[0].to_numpy()


def close(a, b):
    return numpy.allclose(a, b, rtol=1e-4, atol=1e-5)


print("onnxruntime", onnxruntime.__version__, " tract", tract.version())
as_described = True
for op, sign, compute in (("Sub", "-", numpy.subtract), ("Div", "/", numpy.divide)):
    for constant, name in ((one, "1"), (channels, "[1, 2, 3]")):
        for convolve, value in ((False, x), (True, convolution)):
            for first in (True, False):
                what = "Conv(x)" if convolve else "x"
                m = model(op, constant, first, convolve)
                wanted = compute(constant, value) if first else compute(value, constant)
                seen = constant + value if op == "Sub" else numpy.full(value.shape, numpy.inf, "float32")
                given = in_tract(m)
                right = close(given, wanted)
                said = "right" if right else "neither"
                if not right and close(given, seen):
                    said = ("their sum" if op == "Sub" else "infinity") + "  <-- differs"
                print(f"{name} {sign} {what}: tract {said}" if first else f"{what} {sign} {name}: tract {said}")
                as_described &= close(onnx_runtime(m), wanted) and close(reference(m), wanted)
                as_described &= close(given, seen) if first and convolve and constant is channels else right
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/minus.py"
