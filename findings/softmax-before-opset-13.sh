#!/usr/bin/env bash
# Softmax in ONNX models of opset 12 and before: ONNX Runtime follows the definition; OpenVINO, OpenCV and ONNX's own reference do not.
#
# Good guess:  Softmax with axis=1 over an NCHW map of scores gives probabilities that sum to 1 over the classes of each pixel, in
#              every runtime, and whatever the opset is.
# Seen:        Up to opset 12 Softmax is defined on a matrix: all axes from 'axis' on are one row, so that axis=1 of NCHW sums to
#              1 over the whole picture. ONNX Runtime computes that. OpenVINO, OpenCV's dnn and onnx.reference compute opset 13's softmax
#              over the one axis, without a word. From opset 13 on all four agree.
# It matters:  An old segmentation model shows sensible probabilities in the one runtime and thousandths in the other; its argmax is the
#              same, so that a check of masks finds nothing, and a threshold on the probability finds no object at all.
#              onnx.version_converter (11 to 13) keeps the definition: convert before comparing.
# Versions:    onnx 1.23.2, onnxruntime 1.29.0, openvino 2026.4.1, opencv-python-headless 5.0.0.93 (PyPI).
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.29.0 openvino==2026.4.1 opencv-python-headless==5.0.0.93 numpy==2.4.6

cat >"$work/softmax.py" <<'PYTHON'
import sys
import cv2
import numpy
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

scores = numpy.random.RandomState(3).randn(1, 4, 3, 5).astype("float32")


def model(opset):
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, scores.shape) for name in ("scores", "probabilities")]
    graph = helper.make_graph([helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1)], "softmax", values[:1], values[1:])
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=6)
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"scores": scores})[0]


def open_vino(m):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({"scores": scores})[0]


def open_cv(m):
    network = cv2.dnn.readNetFromONNX(numpy.frombuffer(m.SerializeToString(), numpy.uint8))
    network.setInput(scores, "scores")
    return network.forward()


def reference(m):
    return ReferenceEvaluator(m).run(None, {"scores": scores})[0]


def exponentials(axes):
    e = numpy.exp(scores - scores.max(axis=axes, keepdims=True))
    return e / e.sum(axis=axes, keepdims=True)


def kind(probabilities):
    if numpy.abs(probabilities - exponentials((1, 2, 3))).max() < 1e-6:
        return "over the whole picture"
    if numpy.abs(probabilities - exponentials((1,))).max() < 1e-6:
        return "over the classes of a pixel"
    return "neither"


print("onnx", onnx.__version__, " onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__, " opencv", cv2.__version__)
seen = {}
old = model(11)
for title, m in (("opset 11", old), ("opset 11 converted to 13", onnx.version_converter.convert_version(old, 13)), ("opset 13", model(13))):
    for name, run in (("ONNX Runtime", onnx_runtime), ("OpenVINO", open_vino), ("OpenCV", open_cv), ("onnx.reference", reference)):
        seen[title, name] = kind(run(m))
        print(f"{title}, {name}: sums to 1 {seen[title, name]}")
whole, pixel = "over the whole picture", "over the classes of a pixel"
as_described = (seen["opset 11", "ONNX Runtime"] == whole
                and all(seen["opset 11", name] == pixel for name in ("OpenVINO", "OpenCV", "onnx.reference"))
                and all(k == pixel for (title, _), k in seen.items() if title == "opset 13")
                and all(k == whole for (title, _), k in seen.items() if title == "opset 11 converted to 13"))
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/softmax.py"
