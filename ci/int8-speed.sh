#!/usr/bin/env bash
# How much faster int8 is than fp32 on this CPU: milliseconds an image of four ImageNet networks at batch 1, in one run, by
# turns (blocks of five runs, the median of all blocks; "faster" is the median of the neighbours' ratios), and the share of the
# file's size.
#
#   ci/int8-speed.sh [THREADS [BLOCKS [ARCH...]]]     (default: 2 15 resnext50 resnext50_elastic dla60x_elastic densenet201_elastic)
#
# Takes about three minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
threads=${1:-2}
blocks=${2:-15}
shift $(($# < 2 ? $# : 2))
[ $# -gt 0 ] || set -- resnext50 resnext50_elastic dla60x_elastic densenet201_elastic

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
javac -d "$work/classes" -cp "$classpath" "$here/int8_speed/Int8Speed.java" "$here/common/UntrainedModel.java"
java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Djava.awt.headless=true -cp "$work/classes:$classpath" \
    Int8Speed "$threads" "$blocks" "$work" "$@"
