#!/usr/bin/env bash
# What --recompute costs and saves: the peak of the process's memory, and the median seconds of a training step, with and
# without it, for three networks on the CPU. Prints a line each. Linux only.
#
#   ci/recompute-memory.sh [STEPS]     (default: 3)
#
# Takes a few minutes and 12 GB.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
steps=${1:-3}
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
export OMP_WAIT_POLICY=passive

# measure ARCH TASK BATCH SIZE [recompute]: "PEAK_MB SECONDS"
measure() {
    for ((i = 0; i <= steps; i++)); do echo step; done |
        java -Xmx1g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" \
            "$here/train_step/TrainStep.java" "$1" "$2" "$3" "$4" 2 - "${5:-keep}" |
        awk '/ready/ { next } { if (n++) print $2 > "/dev/stderr"; peak = $3 } END { print peak }' 2>"$work/seconds" >"$work/peak"
    echo "$(cat "$work/peak") $(sort -n "$work/seconds" | awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }')"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%-22s %-15s %5s %5s %12s %12s %8s %8s\n' network task batch size 'kept MB' 'recomputed' 'memory' 'time'
while read -r arch task batch size; do
    read -r kept kept_seconds < <(measure "$arch" "$task" "$batch" "$size")
    read -r again again_seconds < <(measure "$arch" "$task" "$batch" "$size" recompute)
    awk -v a="$arch" -v t="$task" -v b="$batch" -v s="$size" -v k="$kept" -v r="$again" -v ks="$kept_seconds" -v rs="$again_seconds" \
        'BEGIN { printf "%-22s %-15s %5d %5d %12d %12d %7.2fx %7.2fx\n", a, t, b, s, k, r, r / k, rs / ks }'
done <<'CASES'
resnext50_elastic classification 16 224
densenet201_elastic classification 16 224
resnext50_elastic segmentation 4 257
CASES
