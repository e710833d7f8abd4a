#!/usr/bin/env bash
# A dilated Conv with auto_pad=SAME_UPPER: onnxscript's optimizer and OpenCV pad it as if it had no dilation.
#
# Good guess:  "Same" padding keeps the size: a kernel of 3 with a dilation of 2 reaches over 5 and gets 2 on either side. An optimizer that
#              replaces auto_pad by numbers gets the same ones.
# Seen:        onnxscript.optimizer.optimize writes pads of 1: the output is 7x7 instead of 9x9, each further layer is smaller. The model it
#              returns still says 9x9 for its output, and ONNX Runtime computes it without an error, where it refuses the
#              model as it was (no dilation with SAME_UPPER). OpenCV keeps the size and has wrong values. OpenVINO, tract and
#              ONNX's reference evaluator agree with pads of 2 by hand.
# It matters:  Dilated "same" convolutions are what DeepLab and other segmentation networks from TensorFlow are made of. The optimizer makes
#              a model that would not run into one that runs and is wrong. Write the pads before optimizing.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, onnxscript 0.7.2, openvino 2026.4.1, tract 0.23.9, opencv-python-headless 5.0.0.93 (PyPI),
#              opset 18. In onnxscript: rewriter/rules/common/_fuse_pad_into_conv.py, which computes the pads.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 onnxscript==0.7.2 onnx-ir==1.1.0 openvino==2026.4.1 tract==0.23.9 opencv-python-headless==5.0.0.93 numpy==2.4.6

cat >"$work/dilated.py" <<'PYTHON'
import pathlib
import sys
import tempfile

import cv2
import numpy
import onnx
import onnxruntime
import onnxscript
import onnxscript.optimizer
import openvino
import tract
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

numbers = numpy.random.RandomState(3)
x = numbers.randn(1, 2, 9, 9).astype("float32")
weight = numpy_helper.from_array(numbers.randn(2, 2, 3, 3).astype("float32"), "w")


def model(dilation, **padding):
    node = helper.make_node("Conv", ["x", "w"], ["y"], dilations=[dilation, dilation], **padding)
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, x.shape) for name in ("x", "y")]
    graph = helper.make_graph([node], "g", values[:1], values[1:], [weight])
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(m.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


def optimized(m):
    copy = onnx.ModelProto()
    copy.CopyFrom(m)
    return onnx_runtime(onnxscript.optimizer.optimize(copy))


def reference(m):
    return ReferenceEvaluator(m).run(None, {"x": x})[0]


def open_vino(m):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({"x": x})[0]


def open_cv(m):
    network = cv2.dnn.readNetFromONNX(numpy.frombuffer(m.SerializeToString(), numpy.uint8))
    network.setInput(x, "x")
    return network.forward()


def in_tract(m):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "m.onnx")
        onnx.save(m, path)
        return tract.onnx().load(path).into_model().into_runnable().run([x])[0].to_numpy()


print("onnxruntime", onnxruntime.__version__, " onnxscript", onnxscript.__version__, " openvino", openvino.__version__,
      " tract", tract.version(), " opencv", cv2.__version__)
as_described = True
for dilation in (1, 2):
    m = model(dilation, auto_pad="SAME_UPPER")
    wanted = onnx_runtime(model(dilation, pads=[dilation] * 4))
    print(f"3x3, dilation {dilation}, SAME_UPPER, by hand {wanted.shape}")
    for name, run in (("onnx.reference", reference), ("OpenVINO", open_vino), ("tract", in_tract), ("ONNX Runtime", onnx_runtime),
                      ("onnxscript's optimizer and ONNX Runtime", optimized), ("OpenCV", open_cv)):
        try:
            given = run(m)
        except onnxruntime.capi.onnxruntime_pybind11_state.InvalidArgument:
            print(f"  {name}: refused")
            as_described &= run is onnx_runtime and dilation == 2
            continue
        same = given.shape == wanted.shape and numpy.allclose(given, wanted, rtol=1e-4, atol=1e-4)
        print(f"  {name}: {given.shape}{'' if same else '  <-- differs'}")
        as_described &= same == (dilation == 1 or run not in (optimized, open_cv))
        if run is optimized and dilation == 2:
            as_described &= given.shape == (1, 2, 7, 7)
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/dilated.py"
