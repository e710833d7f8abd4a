#!/usr/bin/env bash
# ONNX Runtime's GPU build 1.29.0 is for CUDA 12 on Maven Central and for CUDA 13 on PyPI: one version, one name, two majors of CUDA.
#
# Versions: com.microsoft.onnxruntime:onnxruntime_gpu:1.29.0 (Maven Central), onnxruntime-gpu 1.29.0 (PyPI), Linux x86-64.
# The good guess: the same release needs the same CUDA wherever it is taken from, so a machine on which Python's runs is ready for Java's.
# What is seen: Java's asks for libcudart.so.12 and libcublas.so.12, Python's for libcudart.so.13 and libcublas.so.13. On a machine set up for
# one of them addCUDA of the other fails with "Failed to load shared library", and the library's name stands in the log only.
# Why it matters: packages for CUDA 13 that are installed as Python's documentation says are of no use to Java. Java's classes do run
# with Python's libraries (onnxruntime.native.path, names without the version), which spares the second CUDA.
#
# Needs mvn, python3 with pip, unzip and readelf; downloads 0.85 GB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:1.29.0 -DoutputDirectory="$work"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$work" onnxruntime-gpu==1.29.0
unzip -qj onnxruntime_gpu-1.29.0.jar '*/linux-x64/libonnxruntime_providers_cuda.so' -d java
unzip -qj onnxruntime_gpu-1.29.0-*.whl '*/libonnxruntime_providers_cuda.so' -d python
needed() { readelf -d "$1/libonnxruntime_providers_cuda.so" | sed -n 's/.*NEEDED.*\[\(libcu[^]]*\)\]/\1/p' | sort | tr '\n' ' '; }
java=$(needed java)
python=$(needed python)
echo "Maven Central 1.29.0 needs: $java"
echo "PyPI          1.29.0 needs: $python"
case "$java|$python" in
*libcudart.so.12*'|'*libcudart.so.13*) echo "As described." ;;
*) echo "otherwise now" >&2; exit 1 ;;
esac
