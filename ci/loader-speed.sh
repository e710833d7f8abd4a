#!/usr/bin/env bash
# From JPEG files to batches to train on: RandomResizedCrop(224), mirrored or not, normalised, as the published recipe of
# classification has it. ElasticVision's loader beside torchvision's ImageFolder with Pillow in PyTorch's DataLoader, on the same
# generated photos of 500x375 (about 105 kB each), with as many threads here as worker processes there, by turns in one run.
# Prints images a second for each worker (medians) and the median of the ratios.
#
#   ci/loader-speed.sh [ROUNDS]         (default: 7 rounds of an epoch of 1024 images each)
#   ci/loader-speed.sh --first-batch    how long starts take on a folder of 1.28 million images, of a thousand classes: the
#                                       first one, and others, which find the listing of the first (needs 2,100 inodes and 200 MB)
#
# Needs a python3 with torch, torchvision and Pillow (Debian: python3-torchvision; PyPI: torch, torchvision, Pillow), for
# --first-batch with numpy and Pillow alone; PYTHON names another one. TMPDIR says where the photos go. Takes two minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}
modules='numpy, PIL, torch, torchvision'
if [ "${1:-}" = --first-batch ]; then modules='numpy, PIL'; fi
"$python" -c "import $modules" ||
    { echo "$python lacks one of $modules; set PYTHON to one that has them" >&2; exit 2; }
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
"$python" "$here/loader_speed/photos.py" "$work/photos" 64
mkdir "$work/classes"
javac -d "$work/classes" -cp "$classpath" "$here"/loader_speed/*.java
java=(java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$work/classes:$classpath")

if [ "${1:-}" = --first-batch ]; then
    "$python" "$here/loader_speed/links.py" "$work/photos" "$work/data" 1000 1280
    sleep 3 # of a folder that has just changed nothing is kept
    for start in 1 2 3; do
        echo "start $start, with a heap of 256 MB:"
        XDG_CACHE_HOME=$work/cache "${java[@]}" -Xmx256m -XX:MaxDirectMemorySize=1g FirstBatch "$work/data" "$(nproc)"
    done
else
    "$python" "$here/loader_speed/loader_speed.py" "${1:-7}" "$work/photos" -- "${java[@]}" LoaderSpeed "$work/photos"
fi
