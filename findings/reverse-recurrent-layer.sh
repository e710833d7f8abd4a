#!/usr/bin/env bash
# A recurrent layer with direction="reverse" is run forwards by tract (LSTM, GRU, RNN) and by OpenCV (GRU).
#
# Good guess:  direction is "forward", "reverse" or "bidirectional"; a runtime whose bidirectional layers are right has a reverse
#              half that works, and runs a lone one too.
# Seen:        With "reverse" alone, the answers of tract for LSTM, GRU and RNN and those of OpenCV for GRU are those of
#              "forward": the attribute is not refused, and nothing is printed. "bidirectional" is right in both, and so is OpenCV's reverse LSTM.
#              ONNX Runtime and OpenVINO agree with a forward layer on the sequence turned round by hand.
# It matters:  Text recognition (a convolutional network, then a recurrent one over its columns) has such layers where the two directions
#              are layers of their own. The shapes fit, the text gets worse. Turn the sequence round in the model, or make one
#              bidirectional layer of the two.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1, tract 0.23.9, opencv-python-headless 5.0.0.93 (PyPI), opset 14.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 tract==0.23.9 opencv-python-headless==5.0.0.93 numpy==2.4.6

cat >"$work/reverse.py" <<'PYTHON'
import pathlib
import sys
import tempfile

import cv2
import numpy
import onnx
import onnxruntime
import openvino
import tract
from onnx import TensorProto, helper, numpy_helper

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
numbers = numpy.random.RandomState(3)
x = numbers.randn(5, 1, 3).astype("float32")
turned = numpy.ascontiguousarray(x[::-1])
weights = {(op, k): numbers.randn(*shape).astype("float32") for op, gates in GATES.items()
           for k, shape in (("w", (2, gates * 4, 3)), ("r", (2, gates * 4, 4)), ("b", (2, gates * 8)))}


def model(op, direction):
    used = 2 if direction == "bidirectional" else 1
    attributes = {"linear_before_reset": 1} if op == "GRU" else {}
    node = helper.make_node(op, ["x", "w", "r", "b"], ["y", "last"], hidden_size=4, direction=direction, **attributes)
    graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, (5, used, 1, 4))],
                              [numpy_helper.from_array(weights[op, k][:used], k) for k in "wrb"])
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m, x=x):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


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


print("onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__, " tract", tract.version(), " opencv", cv2.__version__)
as_described = True
for op in GATES:
    forward = onnx_runtime(model(op, "forward"))
    backward = onnx_runtime(model(op, "forward"), turned)[::-1]
    both = onnx_runtime(model(op, "bidirectional"))
    for name, run, wrong in (("ONNX Runtime", onnx_runtime, ()), ("OpenVINO", open_vino, ()), ("tract", in_tract, GATES),
                             ("OpenCV", open_cv, ("GRU",))):
        if name == "OpenCV" and op == "RNN":
            continue  # it has none
        said = []
        for direction, wanted in (("forward", forward), ("reverse", backward), ("bidirectional", both)):
            given = run(model(op, direction))
            right = given.shape == wanted.shape and numpy.allclose(given, wanted, rtol=1e-3, atol=1e-4)
            is_forward = given.shape == forward.shape and numpy.allclose(given, forward, rtol=1e-3, atol=1e-4)
            said.append(f"{direction} {'right' if right else 'is the forward layer  <-- differs' if is_forward else 'neither'}")
            as_described &= is_forward and not right if direction == "reverse" and op in wrong else right
        print(f"{op}, {name}: {', '.join(said)}")
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/reverse.py"
