#!/usr/bin/env bash
# onnxoptimizer moves a Pad with zeros into the MaxPool behind it, where the padding is minus infinity: another model.
#
# Good guess:  An optimizer of graphs keeps the answer. A padding of a convolution may move into its pads, which are zeros; a
#              MaxPool's pads are of a value that never is the largest, so a Pad with zeros must stay where inputs may be negative.
# Seen:        The pass fuse_pad_into_pool, one of those that run by default, makes them one MaxPool with pads. Windows at the edge
#              whose values are all negative give their largest value instead of 0. Likewise a Pad before an AveragePool that has pads
#              itself: the zeros of the Pad counted and now do not. The model passes the checker, nothing is printed. onnxsim and
#              onnxslim leave both alone.
# It matters:  ZeroPadding2D before MaxPooling2D is how Keras's ResNet pads. Behind a ReLU the answer is the same, so that the first networks
#              one tries pass; behind a normalisation, a SiLU or a LeakyReLU the edges differ. Leave the pass out of the list.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, onnxoptimizer 0.4.2, onnxsim 0.8.1, onnxslim 0.1.98 (PyPI), opset 13.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 onnxoptimizer==0.4.2 onnxsim==0.8.1 onnxslim==0.1.98 numpy==2.4.6

cat >"$work/pool.py" <<'PYTHON'
import sys
import numpy
import onnx
import onnxoptimizer
import onnxruntime
import onnxsim
import onnxslim
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

x = numpy.random.RandomState(3).uniform(-3, -1, (1, 1, 4, 4)).astype("float32")


def model(op, **attributes):
    pads = numpy_helper.from_array(numpy.array([0, 0, 1, 1, 0, 0, 1, 1], "int64"), "pads")
    graph = helper.make_graph(
        [helper.make_node("Pad", ["x", "pads"], ["padded"]),
         helper.make_node(op, ["padded"], ["y"], kernel_shape=[3, 3], strides=[2, 2], **attributes)],
        "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)], [onnx.ValueInfoProto(name="y")], [pads])
    result = onnx.shape_inference.infer_shapes(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8))
    onnx.checker.check_model(result, full_check=True)
    return result


def answer(m):
    onnx.checker.check_model(m, full_check=True)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(m.SerializeToString(), options, providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


default = onnxoptimizer.get_fuse_and_elimination_passes()
without = [name for name in default if name != "fuse_pad_into_pool"]
print("onnx", onnx.__version__, " onnxruntime", onnxruntime.__version__, " onnxoptimizer", onnxoptimizer.__version__)
as_described = len(without) == len(default) - 1
for op, attributes in (("MaxPool", {}), ("AveragePool", {"pads": [1, 1, 1, 1]})):
    m = model(op, **attributes)
    wanted = ReferenceEvaluator(m).run(None, {"x": x})[0]
    print(f"Pad and {op}: {wanted.round(2).ravel().tolist()}")
    for name, run in (("ONNX Runtime", lambda m: m), ("onnxsim", lambda m: onnxsim.simplify(m)[0]), ("onnxslim", onnxslim.slim),
                      ("onnxoptimizer without fuse_pad_into_pool", lambda m: onnxoptimizer.optimize(m, without)),
                      ("onnxoptimizer", onnxoptimizer.optimize)):
        given = answer(run(m))
        same = given.shape == wanted.shape and numpy.allclose(given, wanted, rtol=1e-4, atol=1e-5)
        print(f"  {name}: {'the same' if same else str(given.round(2).ravel().tolist()) + '  <-- differs'}")
        as_described &= same == (name != "onnxoptimizer")
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/pool.py"
