#!/usr/bin/env bash
# The library in NVIDIA's TensorRT-RTX plug-in for ONNX Runtime does not find the libraries that lie beside it in its wheel.
#
# The good guess: a plug-in's wheel, unpacked, is whole: a program in any language hands the path of the library to ONNX Runtime's
# RegisterExecutionProviderLibrary, as it does with the wheels of OpenVINO's and WebGPU's plug-ins.
# What is seen: the library needs libcudart.so.13, libtensorrt_rtx.so.1 and libtensorrt_onnxparser_rtx.so.1; in the wheel they are called
# libcudart.so.13.4.36, libtensorrt_rtx.so.1.7.1 and libtensorrt_onnxparser_rtx.so.1.7.1, and the library has neither RPATH nor RUNPATH. The
# names are made by the package's Python code at import.
# Why it matters: without Python the plug-in fails with "cannot open shared object file", though the file is there. LD_LIBRARY_PATH alone
# does not help, as the names are others.
# Versions: onnxruntime-ep-nv-tensorrt-rtx-cu13 0.5.0 (PyPI, manylinux x86-64).
# The way round: load the neighbours by their full names first, as the dynamic linker then knows their SONAMEs; ElasticVision does.
#
# Needs python3 with pip, unzip and readelf (binutils), and no GPU; downloads 146 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"${PYTHON:-python3}" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --platform manylinux_2_28_x86_64 \
    onnxruntime-ep-nv-tensorrt-rtx-cu13==0.5.0
unzip -qo ./*.whl '*.so*'
library=$(find . -name 'libonnxruntime_providers_*.so')
folder=$(dirname "$library")
echo "beside $(basename "$library"): $(cd "$folder" && echo lib*.so.*)"
missing=
for name in $(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
    if compgen -G "$folder/$name.*" >/dev/null && [ ! -e "$folder/$name" ]; then
        missing+="$name "
    fi
done
echo "needed under names that are not there: $missing"
if readelf -d "$library" | grep -qE '\((RPATH|RUNPATH)\)'; then
    echo "otherwise now: it says where to look" >&2
    exit 1
fi
if [ "$missing" = "libcudart.so.13 libtensorrt_rtx.so.1 libtensorrt_onnxparser_rtx.so.1 " ]; then
    echo "As described."
else
    echo "otherwise now" >&2
    exit 1
fi
