#!/usr/bin/env bash
# How fast the engines are on this CPU: milliseconds an image at batch 1 of five networks, in one run, by turns (blocks of five runs,
# the median of all blocks). oneDNN's engine and ONNX Runtime in Java, beside OpenVINO with its own defaults, in float32, and with the
# int8 of NNCF. The last lines are the geometric means of the ratios.
#
#   ci/cpu-engines.sh [THREADS [BLOCKS [NETWORK...]]]
#                                       (default: 2 11, and the four classifiers and one segmentation named below)
#
# A NETWORK is an architecture, or seg:ARCHITECTURE for a segmentation at 513 pixels. Needs python3; OpenVINO and NNCF are installed
# from PyPI into a temporary folder. Takes about ten minutes. With OLDER_CPU=avx2, avx_vnni, avx512 or avx512_vnni all of them find a processor
# that can do no more than that (needs cc, and a processor and a kernel with CPUID faulting; its caches and clock stay those of this one).
#
#   TABLE=rows.tsv ci/cpu-engines.sh ...
#
# writes the rows by which --provider auto chooses, for this processor: fp32, bf16, fp16 and int8 in oneDNN and ONNX Runtime, without
# OpenVINO and Python; by default of one network of each family, with Elastic and without. Put them into
# runtime/src/main/resources/org/elasticvision/runtime/engine/choice/cpu-engines.tsv, in place of those of the same level and processor.
# With OLDER_CPU they are rows of that level, as the processor's beside them says. ONEDNN_MAX_CPU_ISA limits oneDNN alone: ONNX Runtime's
# kernels (MLAS) have no such setting on x86. The ratio is too low then: above 1.05 it shows that oneDNN is to be taken at that level, below it
# shows nothing, and the row is better left out.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
threads=${1:-2}
blocks=${2:-11}
shift $(($# < 2 ? $# : 2))
table=${TABLE:-}
if [ $# -eq 0 ] && [ -n "$table" ]; then
    set -- resnext50_elastic resnext50 se_resnext50_elastic se_resnext50 dla60x_elastic dla60x \
        densenet201_elastic densenet201 resnet50
fi
[ $# -gt 0 ] || set -- resnext50_elastic resnext50 dla60x_elastic densenet201_elastic seg:resnext50_elastic

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PEER_PYTHON:-}
if [ -z "$python" ] && [ -z "$table" ]; then
    python3 -m venv "$work/venv"
    python=$work/venv/bin/python
    "$python" -m pip install --quiet --disable-pip-version-check openvino==2026.4.0 nncf==3.4.0
fi
grep -m1 'model name' /proc/cpuinfo || true
if [ -n "${OLDER_CPU:-}" ]; then
    cc -O1 -shared -fPIC -o "$work/older_cpu.so" "$here/cpu_engines/older_cpu.c" -ldl
    echo "as if it had no more than $OLDER_CPU"
fi
javac -d "$work/classes" -cp "$classpath" "$here"/cpu_engines/*.java "$here/common/UntrainedModel.java"
[ -z "${OLDER_CPU:-}" ] || export OLDER_CPU LD_PRELOAD="$work/older_cpu.so"
java ${table:+"-Dtable=$table"} -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Djava.awt.headless=true -cp "$work/classes:$classpath" \
    CpuEngines "$threads" "$blocks" "$work" "$python" "$here/cpu_engines/peer.py" "$@"
