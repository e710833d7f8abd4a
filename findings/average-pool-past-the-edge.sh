#!/usr/bin/env bash
# Average pools whose last window reaches past the picture: runtimes do not agree on what to divide by.
#
# Good guess:  AveragePool is the simplest operator there is. Where the last window of an odd size is cut off by the edge
#              (ceil_mode=1), the average is over the elements that exist; padding that the model asks for counts where
#              count_include_pad=1 says so.
# Seen:        Windows of 2x2 over 7x7 with ceil_mode=1 (torch.nn.AvgPool2d(2, ceil_mode=True), whose count_include_pad is 1 by
#              default, although there is no padding): OpenCV divides the cut windows by 4: the last row and column are halved, the corner
#              is a quarter. 3x3 with a padding of 1 and ceil_mode=1 over 8x8: OpenVINO and OpenCV divide by 9 where only 6
#              elements of the window are picture or padding. ONNX Runtime and ONNX's reference evaluator agree with the count by hand.
# It matters:  It takes a certain size of the feature map (2x2: an odd one, which an input of 224 does not give before 7), so a check
#              at 224 passes, and another input size is wrong along two edges, which a later global average spreads over every score.
# Versions:    onnx 1.23.2, onnxruntime 1.29.0, openvino 2026.4.1, opencv-python-headless 5.0.0.93 (PyPI), opset 21.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.29.0 openvino==2026.4.1 opencv-python-headless==5.0.0.93 numpy==2.4.6

cat >"$work/pool.py" <<'PYTHON'
import sys
import cv2
import numpy
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def by_hand(size, out, kernel, stride, pad, padded_end, count_padding):
    """The average of ones: (elements of the picture) / (elements that count), per output."""
    result = numpy.zeros((out, out), "float32")
    for row in range(out):
        for column in range(out):
            starts = [position * stride - pad for position in (row, column)]
            inside = [min(s + kernel, size) - max(s, 0) for s in starts]
            counted = [min(s + kernel, size + padded_end) - s for s in starts] if count_padding else inside
            result[row, column] = inside[0] * inside[1] / (counted[0] * counted[1])
    return result


def model(size, out, **attributes):
    graph = helper.make_graph([helper.make_node("AveragePool", ["ones"], ["means"], **attributes)], "pool",
                              [helper.make_tensor_value_info("ones", TensorProto.FLOAT, (1, 1, size, size))],
                              [helper.make_tensor_value_info("means", TensorProto.FLOAT, (1, 1, out, out))])
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m, ones):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"ones": ones})[0]


def open_vino(m, ones):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({"ones": ones})[0]


def open_cv(m, ones):
    network = cv2.dnn.readNetFromONNX(numpy.frombuffer(m.SerializeToString(), numpy.uint8))
    network.setInput(ones, "ones")
    return network.forward()


def reference(m, ones):
    return ReferenceEvaluator(m).run(None, {"ones": ones})[0]


print("onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__, " opencv", cv2.__version__)
cases = {
    "2x2, ceil_mode, no padding, 7x7": (
        model(7, 4, kernel_shape=(2, 2), strides=(2, 2), ceil_mode=1, count_include_pad=1), 7, by_hand(7, 4, 2, 2, 0, 0, True), {"OpenCV"}),
    "3x3, ceil_mode, padding 1 counted, 8x8": (
        model(8, 5, kernel_shape=(3, 3), strides=(2, 2), pads=(1, 1, 1, 1), ceil_mode=1, count_include_pad=1), 8,
        by_hand(8, 5, 3, 2, 1, 1, True), {"OpenVINO", "OpenCV"}),
}
as_described = True
for title, (m, size, wanted, expected_wrong) in cases.items():
    ones = numpy.ones((1, 1, size, size), "float32")
    print(f"{title}: the last row of an average of ones, by hand {wanted[-1].round(3).tolist()}")
    for name, run in (("ONNX Runtime", onnx_runtime), ("onnx.reference", reference), ("OpenVINO", open_vino), ("OpenCV", open_cv)):
        given = run(m, ones)[0, 0]
        wrong = float(numpy.abs(given - wanted).max()) > 1e-5
        print(f"  {name}: {given[-1].round(3).tolist()}{'  <-- differs' if wrong else ''}")
        as_described &= wrong == (name in expected_wrong)
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/pool.py"
