#!/usr/bin/env bash
# OpenVINO and OpenCV read the attributes that ONNX's Resize got with opset 18, and compute as if they were not there.
#
# Good guess:  A runtime that loads a model without a word computes what the model says; what it cannot, it refuses. So the resize of
#              the preprocessing (antialias=1 is Pillow's and torchvision's) can be put into the ONNX file and be the same everywhere.
# Seen:        antialias=1: OpenVINO and OpenCV give, bit for bit, the answer of antialias=0; the difference to ONNX Runtime and to
#              ONNX's reference evaluator is as large as the values. exclude_outside=1: likewise in OpenVINO.
#              keep_aspect_ratio_policy=not_larger: OpenVINO gives another output *shape* than ONNX's own shape inference
#              (the sizes as given instead of those that keep the sides' proportion). Nothing is printed in any of these cases.
# It matters:  A model with its preprocessing inside, checked in ONNX Runtime, sees other pictures elsewhere: sharper
#              ones, with aliasing. Keep the resize outside of the model, or compare the answers on a real picture.
# Versions:    onnx 1.23.2, onnxruntime 1.29.0, openvino 2026.4.1, opencv-python-headless 5.0.0.93 (PyPI), opset 21. OpenVINO's
#              antialias in cubic mode: openvinotoolkit/openvino issue 35893.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.29.0 openvino==2026.4.1 opencv-python-headless==5.0.0.93 numpy==2.4.6

cat >"$work/resize.py" <<'PYTHON'
import sys
import cv2
import numpy
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

image = numpy.random.RandomState(3).randn(1, 3, 24, 32).astype("float32")


def model(shape, sizes, **attributes):
    node = helper.make_node("Resize", ["image", "", "", "sizes"], ["resized"], coordinate_transformation_mode="half_pixel", **attributes)
    graph = helper.make_graph([node], "resize", [helper.make_tensor_value_info("image", TensorProto.FLOAT, image.shape)],
                              [helper.make_tensor_value_info("resized", TensorProto.FLOAT, shape)],
                              [numpy_helper.from_array(numpy.array(sizes, "int64"), "sizes")])
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.checker.check_model(result, full_check=True)
    return result


def reference(m):
    return ReferenceEvaluator(m).run(None, {"image": image})[0]


def onnx_runtime(m):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"image": image})[0]


def open_vino(m):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({"image": image})[0]


def open_cv(m):
    network = cv2.dnn.readNetFromONNX(numpy.frombuffer(m.SerializeToString(), numpy.uint8))
    network.setInput(image, "image")
    return network.forward()


def apart(a, b):
    return float(numpy.abs(a - b).max())


print("onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__, " opencv", cv2.__version__)
checks = []
for mode in ("linear", "cubic"):
    small = (1, 3, 7, 9)
    with_it, without = model(small, small, mode=mode, antialias=1), model(small, small, mode=mode)
    wanted = reference(with_it)
    print(f"{mode}, antialias=1, distance to the reference: ONNX Runtime {apart(onnx_runtime(with_it), wanted):.1e}", end="")
    checks.append(apart(onnx_runtime(with_it), wanted) < 1e-5)
    for name, run in (("OpenVINO", open_vino), ("OpenCV", open_cv)):
        same = numpy.array_equal(run(with_it), run(without))
        print(f", {name} {apart(run(with_it), wanted):.1e} (as with antialias=0: {same})", end="")
        checks.append(same and apart(run(with_it), wanted) > 0.1)
    print()
large = (1, 3, 37, 45)
with_it, without = model(large, large, mode="cubic", exclude_outside=1), model(large, large, mode="cubic")
same = numpy.array_equal(open_vino(with_it), open_vino(without))
print(f"cubic, exclude_outside=1: ONNX Runtime {apart(onnx_runtime(with_it), reference(with_it)):.1e}, "
      f"OpenVINO {apart(open_vino(with_it), reference(with_it)):.1e} (as without: {same})")
checks.append(same and apart(onnx_runtime(with_it), reference(with_it)) < 1e-4)
kept = model((1, 3, 15, 20), (20, 20), mode="linear", axes=(2, 3), keep_aspect_ratio_policy="not_larger")
print(f"not_larger than 20x20: ONNX Runtime {onnx_runtime(kept).shape}, OpenVINO {open_vino(kept).shape}")
checks.append(onnx_runtime(kept).shape == (1, 3, 15, 20) and open_vino(kept).shape == (1, 3, 20, 20))
print("As described." if all(checks) else f"Not as this script says: {checks}")
sys.exit(0 if all(checks) else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/resize.py"
