#!/usr/bin/env bash
# ONNX's own reference evaluator is wrong for LRN, for LpNormalization with p=1 and for MaxPool with SAME_LOWER.
#
# Good guess:  onnx.reference is what the operators are defined by, slow and simple, so a runtime that gives another answer is wrong.
# Seen:        LRN: as many channels are normalised as there are images in the batch; the others are divided by bias ** beta only. With
#              a batch of one that is all but the first channel. LpNormalization with p=1 divides by the sum of the values, not of their
#              magnitudes: probabilities come out right, anything with a minus does not. MaxPool with auto_pad=SAME_LOWER and a stride gives
#              floor(size / stride) rows where the operator, ONNX's shape inference and AveragePool in the same evaluator say ceil.
#              ONNX Runtime and OpenVINO agree with the formulas of the documentation, computed by hand below.
# It matters:  It is the judge that converters and runtimes are tested against. ONNX's own tests pass: that of LRN has five images of
#              five channels, those of LpNormalization with p=1 have no negative numbers. Judge by two programs, or by the formula.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1 (PyPI), opset 21. In onnx/reference/ops: op_lrn.py, whose loop over
#              channels counts to x.shape[0]; op_lp_normalization.py, which sums powers without a magnitude.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6

cat >"$work/reference.py" <<'PYTHON'
import sys
import numpy
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

images = numpy.random.RandomState(3).randn(6, 6, 5, 7).astype("float32")


def model(op, shape, **attributes):
    graph = helper.make_graph([helper.make_node(op, ["x"], ["y"], **attributes)], "g",
                              [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)], [onnx.ValueInfoProto(name="y")])
    result = onnx.shape_inference.infer_shapes(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10))
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m, x):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


def open_vino(m, x):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({"x": x})[0]


def reference(m, x):
    return ReferenceEvaluator(m).run(None, {"x": x})[0]


def lrn(x):
    """Size 3, alpha 0.5, beta 0.75, bias 2, as documented: over each channel and its two neighbours."""
    padded = numpy.pad(x, ((0, 0), (1, 1), (0, 0), (0, 0))) ** 2
    return x / (2 + 0.5 / 3 * (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:])) ** 0.75


def l1(x):
    return x / numpy.abs(x).sum(axis=1, keepdims=True)


def max_pool(x):
    """2x2, stride 2 over 5x7, the odd row and column of padding at the beginning."""
    padded = numpy.pad(x, ((0, 0), (0, 0), (1, 0), (1, 0)), constant_values=-numpy.inf)
    return padded.reshape(len(x), 6, 3, 2, 4, 2).max(axis=(3, 5))


print("onnx", onnx.__version__, " onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__)
lrn_attributes = {"size": 3, "alpha": 0.5, "beta": 0.75, "bias": 2.0}
pool = {"kernel_shape": [2, 2], "strides": [2, 2], "auto_pad": "SAME_LOWER"}
as_described = True
for title, op, attributes, x, by_hand, reference_is_right in (
        ("LRN, 6 images of 6 channels", "LRN", lrn_attributes, images, lrn, True),
        ("LRN, 1 image of 6 channels", "LRN", lrn_attributes, images[:1], lrn, False),
        ("LpNormalization, p=1, no minus", "LpNormalization", {"p": 1, "axis": 1}, numpy.abs(images[:1]), l1, True),
        ("LpNormalization, p=1", "LpNormalization", {"p": 1, "axis": 1}, images[:1], l1, False),
        ("MaxPool, SAME_LOWER", "MaxPool", pool, images[:1], max_pool, False)):
    m, wanted = model(op, x.shape, **attributes), by_hand(x)
    inferred = tuple(d.dim_value for d in m.graph.output[0].type.tensor_type.shape.dim)
    as_described &= inferred == wanted.shape
    print(f"{title}:", end="")
    for name, run in (("ONNX Runtime", onnx_runtime), ("OpenVINO", open_vino), ("onnx.reference", reference)):
        given = run(m, x)
        right = given.shape == wanted.shape and numpy.allclose(given, wanted, rtol=1e-4, atol=1e-5)
        if right:
            print(f" {name} as by hand;", end="")
        elif given.shape != wanted.shape:
            print(f" {name} {given.shape} instead of {wanted.shape};", end="")
        else:
            channels = [c for c in range(6) if not numpy.allclose(given[:, c], wanted[:, c], rtol=1e-4, atol=1e-5)]
            print(f" {name} differs in channels {channels} by up to {numpy.abs(given - wanted).max():.2f};", end="")
        as_described &= right == (reference_is_right or run is not reference)
    print()
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/reference.py"
