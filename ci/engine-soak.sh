#!/usr/bin/env bash
# Whether oneDNN's engine keeps its memory over many inferences: 8 threads run five small models in batches of 1 to 6 images, more sizes
# than an engine keeps plans for, and every 200 inferences open one of them anew and close the old one under the others' hands. Every
# answer must be the first one of its model and batch, to the bit. After each quarter all is closed, and the resident memory and the bytes
# that JavaCPP has allocated are printed. Fails where from the first quarter to the end the one grows by more than 32 MB or the other
# by more than 100 kB.
#
#   ci/engine-soak.sh [INFERENCES]     (default: 100000, some minutes)
#
# Needs Linux, whose /proc says how much is resident.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
javac -d "$work/classes" -cp "$classpath" "$here"/engine_soak/*.java "$here/common/UntrainedModel.java"
# The heap is resident from the start, so that what grows is not Java's. One arena: glibc gives threads heaps of their own, which keep what
# was freed in them; with these the process grows by some 80 MB over 20,000 inferences while all is freed.
MALLOC_ARENA_MAX=1 java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
    -Djava.awt.headless=true -cp "$work/classes:$classpath" EngineSoak "$work" "${1:-100000}"
