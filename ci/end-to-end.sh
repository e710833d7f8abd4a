#!/usr/bin/env bash
# From an encoded photo to its classes, beside another build of this project: './elastic benchmark' of this checkout and of another one, with
# what each does when nothing is said, on resnext50_elastic at 224x224, in fp32 and in int8. By turns in one run; prints the medians of a
# photo's milliseconds, of a process's first answer, and their ratios.
#
#   ci/end-to-end.sh OTHER_CHECKOUT [ROUNDS [THREADS [MODEL...]]]
#                                      (default: 5 rounds, 2 threads; MODEL: .onnx files instead of those two)
#
# OTHER_CHECKOUT is a folder with its own ./elastic, such as one of 'git worktree add'. Takes about two minutes a model.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
other=${1:?a folder with another checkout}
rounds=${2:-5}
threads=${3:-2}
shift $(($# < 3 ? $# : 3))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for build in "$here/.." "$other"; do "$build/elastic" --version; done
if [ $# -eq 0 ]; then
    classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
    java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext50_elastic 224 "$work"
    "$here/../elastic" quantize -o "$work/model.int8.onnx" "$work/model.onnx" "$work/photo.jpg" >/dev/null
    set -- "$work/model.onnx" "$work/model.int8.onnx"
fi
grep -m1 'model name' /proc/cpuinfo || true

measure() { # CHECKOUT MODEL FILE
    XDG_CACHE_HOME=$work/cache-$3 "$1/elastic" benchmark "$2" --threads "$threads" --warmup 3s --duration 5s --json |
        sed 's/.*"p50":\([0-9.]*\).*"coldStart":\([0-9.]*\).*/\1 \2/' >>"$work/$3"
}
column() { # FILE NUMBER
    cut -d' ' -f"$2" "$work/$1" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}
for model in "$@"; do
    : >"$work/this" && : >"$work/other"
    for _ in $(seq "$rounds"); do
        measure "$here/.." "$model" this
        measure "$other" "$model" other
    done
    awk -v name="$(basename "$model")" -v a="$(column this 1)" -v b="$(column other 1)" -v c="$(column this 2)" -v d="$(column other 2)" 'BEGIN {
        printf "%-20s a photo: this build %6.1f ms, the other %6.1f ms, %.2f times as fast\n", name, a, b, b / a
        printf "%-20s first answer of a process: %5.0f ms, the other %5.0f ms\n", "", c, d
    }'
done
