#!/usr/bin/env bash
# The OpenVINO plug-in for ONNX Runtime offers no device on a processor of AMD's, on which OpenVINO itself runs.
#
# Good guess:  OpenVINO's own runtime lists the device CPU on any x86-64 processor and computes there, so its plug-in for ONNX Runtime
#              offers that device too.
# Seen:        The library is registered without an error or a word, and get_ep_devices() has ONNX Runtime's own provider only: to ask
#              for the plug-in's devices gives an empty list. The hardware is described as vendor AMD, 0x1022; on Intel's
#              processors the same files offer it.
# It matters:  A provider that was tried on one machine is silently absent on the next. Look whether it has a device before it is
#              counted on, and do not take OpenVINO's word for its plug-in.
# Versions:    onnxruntime 1.29.0, onnxruntime-ep-openvino 1.8.1, openvino 2026.4.0 (PyPI); a processor of AMD's (elsewhere this
#              script ends without a verdict).
set -euo pipefail

if ! grep -q AuthenticAMD /proc/cpuinfo; then
    echo "This processor is not one of AMD's: nothing to see here."
    exit 0
fi
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" \
    onnxruntime==1.29.0 onnxruntime-ep-openvino==1.8.1 openvino==2026.4.0 numpy==2.4.6

cat >"$work/devices.py" <<'PYTHON'
import sys
import numpy
import openvino
from openvino import opset13

core = openvino.Core()
print("openvino", openvino.__version__, "devices:", core.available_devices)
image = opset13.parameter([1, 4], numpy.float32)
doubled = core.compile_model(openvino.Model([opset13.add(image, image)], [image]), "CPU")
works = doubled(numpy.ones((1, 4), numpy.float32))[0].tolist() == [[2, 2, 2, 2]]
print("openvino computes on CPU:", works)

import onnxruntime
import onnxruntime_ep_openvino

onnxruntime.register_execution_provider_library("openvino", onnxruntime_ep_openvino.get_library_path())
print("onnxruntime", onnxruntime.__version__)
devices = onnxruntime.get_ep_devices()
for one in devices:
    print("  %s: %s of %s, %#x" % (one.ep_name, one.device.type, one.device.vendor, one.device.vendor_id))
plugin = [one for one in devices if one.ep_name.startswith("OpenVINO")]
print("devices of the plug-in:", len(plugin))
sys.exit(0 if works and not plugin else 1)
PYTHON
if PYTHONPATH=$work "$python" "$work/devices.py"; then
    echo "As described: OpenVINO computes here, and its plug-in has no device."
else
    echo "NOT as described: the behaviour has changed." >&2
    exit 1
fi
