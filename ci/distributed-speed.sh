#!/usr/bin/env bash
# Training in two processes on the CPU: two ranks of one thread and BATCH images each, beside one process of two threads with the same images, and
# beside PyTorch's DistributedDataParallel over Gloo. resnext50_elastic in float32, channels last; by turns in one run, medians.
#
#   ci/distributed-speed.sh [BATCH [SIZE [STEPS]]]     (default: 8 224 7)
#
# PYTHON names a python3 with torch and numpy; without one, PyTorch is left out. Takes three minutes, and 10 GB.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
python=${PYTHON:-}
[ -z "$python" ] || "$python" -c 'import numpy, torch; print("PyTorch", torch.__version__)'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
source "$here/common/training-environment.sh"
javac -d "$work" -cp "$classpath" "$here/distributed_step/RankStep.java"
python3 "$here/distributed_step/turns.py" "${1:-8}" "${2:-224}" "${3:-7}" "$python" \
    "${training[@]}" java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$work:$classpath" RankStep
