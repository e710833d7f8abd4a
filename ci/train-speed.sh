#!/usr/bin/env bash
# The training step of resnext50_elastic on the CPU, beside PyTorch's from Python: forward, backward, SGD with momentum, of the
# same weights and images, by turns in one run. Prints both first losses (they must be equal), the medians and their ratio.
# Each side has the settings that its user gets: Python's own, and those of the launcher.
#
#   ci/train-speed.sh [BATCH [SIZE [THREADS [STEPS [PRECISION]]]]]     (default: 8 224 2 7 float32; or bfloat16)
#
# Needs a python3 with torch and numpy (Debian: python3-torch); PYTHON names another one. Takes a minute or two.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}
"$python" -c 'import numpy, torch' || { echo "$python lacks torch or numpy; set PYTHON to one that has them" >&2; exit 2; }
sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
threads=${3:-2}
precision=${5:-float32}
source "$here/common/training-environment.sh"
"$python" "$here/train_step/train_step.py" "${1:-8}" "${2:-224}" "$threads" "${4:-7}" "$precision" "$work/weights.pth.tar" -- \
    "${training[@]}" java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" "$here/train_step/TrainStep.java" \
    resnext50_elastic classification "${1:-8}" "${2:-224}" "$threads" "$work/weights.pth.tar" "$precision"
