#!/usr/bin/env bash
# From a JPEG of 500x375 to the normalised 224x224 input of a network (short side to 256, centre cut out), decoding included:
# ElasticVision beside Pillow and torchvision, of the same files, on one thread each, by turns in one run. Prints the largest
# difference between the inputs, the medians in milliseconds an image, and the median of the neighbours' ratios.
#
#   ci/preprocess-speed.sh [BLOCKS]     (default: 60 blocks of 16 images each)
#
# Needs a python3 with torch, torchvision and Pillow (Debian: python3-torchvision); PYTHON names another one. Takes half a
# minute.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}
"$python" -c 'import PIL, torch, torchvision' ||
    { echo "$python lacks torch, torchvision or Pillow; set PYTHON to one that has them" >&2; exit 2; }
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
"$python" "$here/preprocess_speed/preprocess_speed.py" "${1:-60}" "$work" -- \
    java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" "$here/preprocess_speed/PreprocessSpeed.java" "$work"
