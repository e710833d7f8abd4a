#!/usr/bin/env bash
# ncnn computes LogSoftmax, ReduceLogSumExp and Softplus as they are written in a textbook: NaN and infinity where others answer.
#
# Good guess:  These three operators exist because their plain formulas leave float32 at once (exp(89) is infinite, a softmax of
#              1e-50 is 0): every framework subtracts the largest value first. A converter that takes them, and a runtime that loads the
#              result, answer as ONNX Runtime does but for rounding.
# Seen:        pnnx writes LogSoftmax as a Softmax and a logarithm: NaN where a value is about 88 below the largest, where ONNX Runtime says
#              -100. ReduceLogSumExp becomes one layer, which gives infinity for a value of 300 (the answer is 300). Softplus too, from 89 on.
#              Nothing is printed. Rows whose values are near each other are right.
# It matters:  Segmentation and detection heads end in LogSoftmax; checked with one picture and a weak network it looks right, and a network
#              that is sure of itself answers NaN. Take the logarithm out of the model (the order of the classes is the same), or write it as
#              x - max - log(sum(exp(x - max))).
# Versions:    onnx 1.23.2, onnxruntime 1.29.0, pnnx 20261020, ncnn 1.0.20261020 (PyPI), opset 13, float32, no fp16 in either program.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.29.0 pnnx==20261020 ncnn==1.0.20261020 numpy==2.4.6

cat >"$work/stable.py" <<'PYTHON'
import pathlib
import subprocess
import sys
import tempfile

import ncnn
import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

PNNX = pathlib.Path(sys.argv[1], "bin", "pnnx")


def model(op, channels, **attributes):
    """An identity convolution, by which pnnx sees which axis is the batch, and the operator over the four channels."""
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "identity"], ["same"]), helper.make_node(op, ["same"], ["y"], **attributes)], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 4, 1, 3))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, (1, channels, 1, 3))],
        [numpy_helper.from_array(numpy.eye(4, dtype="float32").reshape(4, 4, 1, 1), "identity")])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(made, full_check=True)
    return made


def in_onnxruntime(made, x):
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


def in_ncnn(made, x):
    with tempfile.TemporaryDirectory() as folder:
        onnx.save(made, pathlib.Path(folder, "m.onnx"))
        subprocess.run([PNNX, "m.onnx", "inputshape=[1,4,1,3]", "fp16=0"], cwd=folder, check=True, capture_output=True)
        net = ncnn.Net()
        net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = net.opt.use_bf16_storage = False
        assert net.load_param(folder + "/m.ncnn.param") == 0 and net.load_model(folder + "/m.ncnn.bin") == 0
        image = ncnn.Mat(numpy.ascontiguousarray(x[0])).clone()
        extractor = net.create_extractor()
        extractor.input("in0", image)
        code, answer = extractor.extract("out0")
        assert code == 0
        return numpy.array(answer).reshape(1, -1, 1, 3)


print("onnxruntime", onnxruntime.__version__, " ncnn", ncnn.__version__)
x = numpy.zeros((1, 4, 1, 3), "float32")
x[0, :, 0, 0] = 1, 2, 3, 4  # near each other
x[0, :, 0, 1] = 0, -50, -100, -120  # far below the largest
x[0, :, 0, 2] = 300, 200, 0, -5  # large
as_described = True
for op, channels, attributes, wrong in (
        ("LogSoftmax", 4, {"axis": 1}, {1, 2}),
        ("ReduceLogSumExp", 1, {"axes": [1], "keepdims": 1}, {2}),
        ("Softplus", 4, {}, {2})):
    made = model(op, channels, **attributes)
    expected, answer = in_onnxruntime(made, x), in_ncnn(made, x)
    print(op)
    for column in range(3):
        off = not numpy.allclose(expected[..., column], answer[..., column], rtol=1e-4, atol=1e-5)
        print(f"  of {x[0, :, 0, column].tolist()}: ONNX Runtime {expected[0, :, 0, column].round(3).tolist()},"
              f" ncnn {answer[0, :, 0, column].round(3).tolist()}{'  <-- differs' if off else ''}")
        as_described &= off == (column in wrong) and (not off or not numpy.isfinite(answer[..., column]).all())
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/stable.py" "$work"
