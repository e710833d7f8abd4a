#!/usr/bin/env bash
# ncnn does not reduce at all where a model of opset 18 reduces over one axis: the answer is the input.
#
# Good guess:  x.mean(dim=1, keepdim=True), the mean over the channels of each pixel, is the same layer in ncnn whichever opset the model
#              was exported with.
# Seen:        Since opset 18 (ReduceSum: 13) the axes are an input and no attribute. pnnx converts the model without an error, and where
#              that input has one axis ncnn's layer gives back what it was given, all channels of it: ReduceMean and ReduceSum
#              are the identity, ReduceL2 the magnitude. With two axes, and with one in an attribute (opset 13), all are right.
# It matters:  PyTorch's exporter writes opset 20 by default (2.15). Spatial attention (the mean over the channels), embeddings that
#              are divided by their length, and losses have one axis; a pooling over (2, 3), on which a converter is tried first, has two.
#              As the result is broadcast against the input afterwards, even the shapes fit. Export with opset 17 for ncnn.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, pnnx 20261020, ncnn 1.0.20261020 (PyPI), opsets 13 and 18, float32, no fp16 in either program.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 pnnx==20261020 ncnn==1.0.20261020 numpy==2.4.6

cat >"$work/reduce.py" <<'PYTHON'
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
x = numpy.random.RandomState(3).randn(1, 4, 3, 5).astype("float32")


def model(op, axes, opset):
    """An identity convolution, by which pnnx sees which axis is the batch, and the reduction."""
    weights = [numpy_helper.from_array(numpy.eye(4, dtype="float32").reshape(4, 4, 1, 1), "identity")]
    if opset >= (13 if op == "ReduceSum" else 18):
        weights.append(numpy_helper.from_array(numpy.array(axes, "int64"), "axes"))
        reduction = helper.make_node(op, ["same", "axes"], ["y"], keepdims=1)
    else:
        reduction = helper.make_node(op, ["same"], ["y"], keepdims=1, axes=list(axes))
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "identity"], ["same"]), reduction], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1 if i in axes else side for i, side in enumerate(x.shape)])], weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(made, full_check=True)
    return made


def in_onnxruntime(made):
    return onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


def in_ncnn(made):
    with tempfile.TemporaryDirectory() as folder:
        onnx.save(made, pathlib.Path(folder, "m.onnx"))
        subprocess.run([PNNX, "m.onnx", "inputshape=[1,4,3,5]", "fp16=0"], cwd=folder, check=True, capture_output=True)
        net = ncnn.Net()
        net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = net.opt.use_bf16_storage = False
        assert net.load_param(folder + "/m.ncnn.param") == 0 and net.load_model(folder + "/m.ncnn.bin") == 0
        extractor = net.create_extractor()
        extractor.input("in0", ncnn.Mat(numpy.ascontiguousarray(x[0])).clone())
        code, answer = extractor.extract("out0")
        assert code == 0
        return numpy.array(answer)[None]


print("onnxruntime", onnxruntime.__version__, " ncnn", ncnn.__version__)
as_described = True
for op, opset, axes, identity in (
        ("ReduceMean", 13, (1,), None), ("ReduceMean", 18, (1,), x), ("ReduceMean", 18, (2, 3), None),
        ("ReduceSum", 13, (1,), x), ("ReduceSum", 13, (2, 3), None),
        ("ReduceL2", 13, (1,), None), ("ReduceL2", 18, (1,), numpy.abs(x)), ("ReduceL2", 18, (2, 3), None)):
    made = model(op, axes, opset)
    wanted, given = in_onnxruntime(made), in_ncnn(made)
    right = wanted.shape == given.shape and numpy.allclose(wanted, given, rtol=1e-4, atol=1e-5)
    print(f"{op}, opset {opset}, axes {axes}: ONNX Runtime {wanted.shape}, ncnn {given.shape}{'' if right else '  <-- differs'}")
    as_described &= right if identity is None else given.shape == x.shape and numpy.allclose(given, identity, rtol=1e-4, atol=1e-5)
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/reduce.py" "$work"
