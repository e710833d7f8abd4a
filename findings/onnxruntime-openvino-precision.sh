#!/usr/bin/env bash
# The OpenVINO plug-in for ONNX Runtime computes float32 models in bfloat16, and its option against that does nothing.
#
# Good guess:  A float32 model runs in float32. If not, precision=FP32, the option that the OpenVINO execution provider has had
#              for years, switches to it; and an option that is not known is refused.
# Seen:        On a processor with bfloat16 units the answers are about 1 % of the largest value away from those of ONNX Runtime's
#              own CPU provider. precision=FP32, precision=ACCURACY and an option by an invented name give the very same
#              answers, bit for bit. One line on stderr says that 'precision' is ignored and advises INFERENCE_PRECISION_HINT F32 in
#              load_config; the invented name gets no line. What holds is the hint below a device's name and in small letters:
#              load_config={"CPU":{"INFERENCE_PRECISION_HINT":"f32"}}. "F32" as advised is an error when the session is made.
# It matters:  A model that was checked to 1e-5 is not the model that runs, and asking for float32 looks as if it worked. Compare
#              answers, not options.
# Versions:    onnxruntime 1.29.0, onnxruntime-ep-openvino 1.8.1 (PyPI); a processor of Intel's with AVX512_BF16 or AMX_BF16
#              (elsewhere the plug-in computes in float32 by itself or has no device, and this script ends without a verdict).
set -euo pipefail

if ! grep -qE 'avx512_bf16|amx_bf16' /proc/cpuinfo; then
    echo "This processor has no bfloat16 units: nothing to see here."
    exit 0
fi
if ! grep -q GenuineIntel /proc/cpuinfo; then
    echo "The plug-in has no device on this processor (onnxruntime-openvino-no-device-on-amd.sh): nothing to see here."
    exit 0
fi
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnxruntime==1.29.0 onnxruntime-ep-openvino==1.8.1 onnx==1.23.2 numpy==2.4.6

cat >"$work/precision.py" <<'PYTHON'
import sys
import numpy
import onnx
import onnxruntime
import onnxruntime_ep_openvino
from onnx import TensorProto, helper, numpy_helper

numbers = numpy.random.RandomState(3)
weights, nodes, value = [], [], "image"
for layer in range(8):
    shape = (64, 64 if layer else 3, 3, 3)
    weights.append(numpy_helper.from_array((numbers.randn(*shape) / 24).astype("float32"), f"weight{layer}"))
    nodes.append(helper.make_node("Conv", [value, f"weight{layer}"], [f"sum{layer}"], pads=[1, 1, 1, 1]))
    nodes.append(helper.make_node("Relu", [f"sum{layer}"], [f"relu{layer}"]))
    value = f"relu{layer}"
graph = helper.make_graph(nodes, "convolutions", [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, 64, 64])],
                          [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1, 64, 64, 64])], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
onnx.checker.check_model(model, full_check=True)
image = {"image": numbers.randn(1, 3, 64, 64).astype("float32")}
model = model.SerializeToString()
wanted = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, image)[0]

onnxruntime.register_execution_provider_library("openvino", onnxruntime_ep_openvino.get_library_path())
device = [d for d in onnxruntime.get_ep_devices() if d.ep_name == "OpenVINOExecutionProvider"][:1]
print("onnxruntime", onnxruntime.__version__)


def answer(options):
    session_options = onnxruntime.SessionOptions()
    session_options.add_provider_for_devices(device, options)
    return onnxruntime.InferenceSession(model, sess_options=session_options).run(None, image)[0]


def distance(name, options):
    given = answer(options)
    share = float(numpy.abs(given - wanted).max() / numpy.abs(wanted).max())
    print(f"{name}: {share:.1e} of the largest value from the CPU provider")
    return given, share


hint = '{"CPU":{"INFERENCE_PRECISION_HINT":"%s"}}'
plain, plain_share = distance("no options", {})
fp32, _ = distance("precision=FP32", {"precision": "FP32"})
accuracy, _ = distance("precision=ACCURACY", {"precision": "ACCURACY"})
invented, _ = distance("an invented option", {"no_such_option": "1"})
_, hinted_share = distance("load_config " + hint % "f32", {"load_config": hint % "f32"})
try:
    answer({"load_config": hint % "F32"})
    refused = False
except Exception as failure:
    refused = True
    print(f"load_config {hint % 'F32'}: {type(failure).__name__}")

as_described = (plain_share > 1e-3 and hinted_share < 1e-5 and refused
                and all(numpy.array_equal(plain, other) for other in (fp32, accuracy, invented)))
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/precision.py"
