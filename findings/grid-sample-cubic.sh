#!/usr/bin/env bash
# GridSample's mode "cubic" is computed as linear by OpenCV and ncnn: they know only the name that it had before opset 20.
#
# Good guess:  torch.nn.functional.grid_sample(mode="bicubic") exported to ONNX is bicubic wherever the model loads; a mode
#              that a runtime does not have is refused.
# Seen:        Opset 20 renamed the modes: "bilinear" and "bicubic" of opset 16 are "linear" and "cubic". OpenCV and ncnn (by pnnx) compute
#              "bicubic" of opset 16 as ONNX Runtime does; "cubic" of opset 20, the same formula, gives the answer of
#              "linear". Nothing is printed. OpenVINO is right in both, and ONNX's reference evaluator has opset 20's names and agrees.
# It matters:  The model and the weights are the same, only the opset of the export is newer (PyTorch 2.15 exports 20 by default): answers move
#              by a fifth or more, and warps, optical flow and rectification come out smoother. Export with 16 to 19 for OpenCV and
#              ncnn, and compare on a grid off the pixels.
# Versions:    onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1, opencv-python-headless 5.0.0.93, pnnx 20261020, ncnn 1.0.20261020
#              (PyPI), opsets 16 and 20.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORT_DISABLE_TELEMETRY=1
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 opencv-python-headless==5.0.0.93 pnnx==20261020 ncnn==1.0.20261020 numpy==2.4.6

cat >"$work/grid.py" <<'PYTHON'
import pathlib
import subprocess
import sys
import tempfile

import cv2
import ncnn
import numpy
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

PROGRAMS = pathlib.Path(sys.argv[1], "bin")
numbers = numpy.random.RandomState(3)
image = numbers.randn(1, 1, 6, 6).astype("float32")
grid = (numbers.randn(1, 4, 5, 2) * 0.4).clip(-0.8, 0.8).astype("float32")
inputs = {"image": image, "grid": grid}


def model(opset, mode):
    node = helper.make_node("GridSample", ["image", "grid"], ["sampled"], mode=mode, align_corners=1)
    graph = helper.make_graph([node], "g", [helper.make_tensor_value_info(k, TensorProto.FLOAT, v.shape) for k, v in inputs.items()],
                              [helper.make_tensor_value_info("sampled", TensorProto.FLOAT, (1, 1, 4, 5))])
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(result, full_check=True)
    return result


def onnx_runtime(m):
    return onnxruntime.InferenceSession(m.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, inputs)[0]


def reference(m):
    return ReferenceEvaluator(m).run(None, inputs)[0]


def open_vino(m):
    core = openvino.Core()
    return core.compile_model(core.read_model(m.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})(inputs)[0]


def open_cv(m):
    network = cv2.dnn.readNetFromONNX(numpy.frombuffer(m.SerializeToString(), numpy.uint8))
    for name, value in inputs.items():
        network.setInput(value, name)
    return network.forward()


def in_ncnn(m):
    with tempfile.TemporaryDirectory() as folder:
        onnx.save(m, pathlib.Path(folder, "m.onnx"))
        subprocess.run([PROGRAMS / "pnnx", "m.onnx", "inputshape=[1,1,6,6],[1,4,5,2]", "fp16=0"], cwd=folder, check=True, capture_output=True)
        net = ncnn.Net()
        net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = net.opt.use_bf16_storage = False
        assert net.load_param(folder + "/m.ncnn.param") == 0 and net.load_model(folder + "/m.ncnn.bin") == 0
        extractor = net.create_extractor()
        for i, value in enumerate(inputs.values()):
            extractor.input(f"in{i}", ncnn.Mat(numpy.ascontiguousarray(value[0])).clone())
        code, answer = extractor.extract("out0")
        assert code == 0
        return numpy.array(answer).reshape(1, 1, 4, 5)


print("onnxruntime", onnxruntime.__version__, " openvino", openvino.__version__, " opencv", cv2.__version__, " ncnn", ncnn.__version__)
wanted = {"linear": onnx_runtime(model(20, "linear")), "cubic": onnx_runtime(model(20, "cubic"))}
print(f"linear and cubic are {numpy.abs(wanted['linear'] - wanted['cubic']).max():.2f} apart at most, of {numpy.abs(wanted['cubic']).max():.2f}")
right = {"linear": "linear", "bilinear": "linear", "cubic": "cubic", "bicubic": "cubic"}
wrong = {("OpenCV", "cubic"), ("ncnn", "cubic")}
as_described = True
for opset, mode in ((16, "bilinear"), (20, "linear"), (16, "bicubic"), (20, "cubic")):
    print(f"opset {opset}, {mode}:", end="")
    for name, run in (("ONNX Runtime", onnx_runtime), ("onnx.reference", reference), ("OpenVINO", open_vino), ("OpenCV", open_cv),
                      ("ncnn", in_ncnn)):
        if run is reference and opset < 20:
            continue  # it refuses the old names
        given = run(model(opset, mode))
        kind = [k for k, value in wanted.items() if numpy.allclose(given, value, rtol=1e-4, atol=1e-4)]
        expected = "linear" if (name, mode) in wrong else right[mode]
        print(f" {name} {kind[0] if kind else 'neither'}{' <-- differs' if kind != [right[mode]] else ''};", end="")
        as_described &= kind == [expected]
    print(flush=True)
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work" "$python" "$work/grid.py" "$work"
