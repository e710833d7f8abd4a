#!/usr/bin/env bash
# OpenCV's auto_pad: SAME_UPPER is padded without regard to the stride, SAME_LOWER like SAME_UPPER, and a transposed convolution comes out smaller.
#
# Good guess:  auto_pad=SAME_UPPER is TensorFlow's padding "same": as much as the output of ceil(size / stride) needs, the odd
#              element at the end; SAME_LOWER has it at the beginning. OpenCV has read such models for years.
# Seen:        OpenCV 5 pads by (kernel - 1) / 2 on either side, whatever the stride is: 3x3 with stride 2 on an even size needs
#              (0, 1) and gets (1, 1), so that every window is one pixel off; 3x3 with stride 3 on a multiple of 3 needs nothing and
#              is moved too. OpenCV 4 does both right. SAME_LOWER with a kernel of 2 gets SAME_UPPER's padding, in 4 as well. AveragePool is
#              like Conv. ConvTranspose has one row and column less than input * stride. The shapes of the others are right, nothing is printed.
#              ONNX Runtime, OpenVINO and ONNX's reference evaluator agree with padding by hand.
# It matters:  3x3 with stride 2 on an even size, padded "same", is how networks from TensorFlow halve their pictures, from the first
#              layer on: the shapes fit, and all later layers see a picture that is a pixel off. An odd size of the picture is right.
#              Replace auto_pad by pads, where the size is known, before OpenCV gets the model.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1, opencv-python-headless 5.0.0.93 and 4.14.0.94 (PyPI), opset 13.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6
for version in 5.0.0.93 4.14.0.94; do
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --target "$work/opencv-$version" \
        "opencv-python-headless==$version"
done

cat >"$work/same.py" <<'PYTHON'
import sys
import cv2
import numpy
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

numbers = numpy.random.RandomState(3)


def model(op, x, kernel, **attributes):
    weights = [numpy_helper.from_array(numbers.randn(4, 4, kernel, kernel).astype("float32"), "w")] if "Conv" in op else []
    if not weights:
        attributes["kernel_shape"] = [kernel, kernel]
    node = helper.make_node(op, ["x"] + [w.name for w in weights], ["y"], **attributes)
    graph = helper.make_graph([node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
                              [onnx.ValueInfoProto(name="y")], weights)
    result = onnx.shape_inference.infer_shapes(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8))
    onnx.checker.check_model(result, full_check=True)
    return result


def padded_by_hand(m, begin, end):
    """The same model with the padding as numbers."""
    result = onnx.ModelProto()
    result.CopyFrom(m)
    node = result.graph.node[0]
    [attribute] = [a for a in node.attribute if a.name == "auto_pad"]
    node.attribute.remove(attribute)
    node.attribute.append(helper.make_attribute("pads", [begin, begin, end, end]))
    return result


def onnx_runtime(m, x):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


def open_vino(m, x):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({"x": x})[0]


def open_cv(m, x):
    network = cv2.dnn.readNetFromONNX(numpy.frombuffer(m.SerializeToString(), numpy.uint8))
    network.setInput(x, "x")
    return network.forward()


def reference(m, x):
    return ReferenceEvaluator(m).run(None, {"x": x})[0]


print("onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__, " opencv", cv2.__version__)
five = cv2.__version__.startswith("5.")
differing = set()
cases = (  # operator, auto_pad, size, kernel, stride, padding by hand, whether OpenCV 5 and OpenCV 4 are right
    ("Conv", "SAME_UPPER", 8, 3, 1, (1, 1), True, True),
    ("Conv", "SAME_UPPER", 9, 3, 2, (1, 1), True, True),
    ("Conv", "SAME_UPPER", 8, 3, 2, (0, 1), False, True),
    ("Conv", "SAME_UPPER", 9, 3, 3, (0, 0), False, True),
    ("Conv", "SAME_LOWER", 8, 2, 1, (1, 0), False, False),
    ("AveragePool", "SAME_UPPER", 8, 3, 2, (0, 1), False, None),
    ("AveragePool", "SAME_LOWER", 8, 2, 1, (1, 0), False, None),
    ("ConvTranspose", "SAME_UPPER", 8, 3, 2, (0, 1), False, None),
)
as_described = True
for op, auto_pad, size, kernel, stride, pads, right_in_five, right_in_four in cases:
    right = right_in_five if five else right_in_four
    if right is None:
        continue
    x = numbers.randn(1, 4, size, size).astype("float32")
    m = model(op, x, kernel, strides=[stride, stride], auto_pad=auto_pad)
    wanted = onnx_runtime(padded_by_hand(m, *pads), x)
    print(f"{op}, {auto_pad}, {kernel}x{kernel}, stride {stride}, {size}x{size}: padding {pads}", end="")
    for name, run in (("ONNX Runtime", onnx_runtime), ("OpenVINO", open_vino), ("onnx.reference", reference), ("OpenCV", open_cv)):
        given = run(m, x)
        same_shape = given.shape == wanted.shape
        same = same_shape and numpy.allclose(given, wanted, rtol=1e-4, atol=1e-4)
        if not same:
            print(f", {name} differs ({numpy.abs(given - wanted).max():.1f} of {numpy.abs(wanted).max():.1f})" if same_shape
                  else f", {name} differs: {given.shape[2:]} instead of {wanted.shape[2:]}", end="")
        as_described &= same == (right or name != "OpenCV") and (op == "ConvTranspose" or same_shape)
    print()
if not as_described:
    sys.exit("Not as this script says.")
PYTHON
for version in 5.0.0.93 4.14.0.94; do
    PYTHONPATH="$work/opencv-$version:$work" "$python" "$work/same.py"
done
echo "As described."
