#!/usr/bin/env bash
# Whether oneDNN's engine is as fast in an application as in ./elastic: a plain Java program with the runtime's jars alone, nothing in its
# environment, beside './elastic benchmark' on the same model. By turns in one run; alone on the machine, and with a thread that
# computes something else beside it (in the application a thread of its own, beside ./elastic a process). Prints medians of an image's
# milliseconds, and their ratio. It fails where the application takes more than half as long again: what is wrong then takes many times as long.
#
#   ci/embedded-engine.sh [ROUNDS [THREADS [MODEL...]]]   (default: 5 2, and resnext50_elastic in fp32)
#
# Takes three and a half minutes a model.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=${1:-5}
threads=${2:-2}
shift $(($# < 2 ? $# : 2))
"$here/../elastic" --version >/dev/null # builds
work=$(mktemp -d)
beside=
trap '[ -z "$beside" ] || kill "$beside"; rm -rf "$work"' EXIT
mvn -q -B -f "$here/../pom.xml" -pl runtime org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -DincludeScope=runtime -Dmdep.outputFile="$work/classpath"
classpath=$here/../runtime/target/classes:$(cat "$work/classpath")
javac -d "$work/classes" -cp "$classpath" "$here/embedded_engine/Embedded.java"
if [ $# -eq 0 ]; then
    all=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
    java -Djava.awt.headless=true -cp "$all" "$here/common/UntrainedModel.java" resnext50_elastic 224 "$work"
    set -- "$work/model.onnx"
fi
grep -m1 'model name' /proc/cpuinfo || true

application() { # MODEL BUSY
    env -u OMP_NUM_THREADS -u OMP_WAIT_POLICY -u GOMP_SPINCOUNT \
        java -cp "$work/classes:$classpath" Embedded "$1" "$threads" "$2" 4
}
command_line() { # MODEL BUSY
    if [ "$2" -gt 0 ]; then
        (while :; do :; done) &
        beside=$!
    fi
    "$here/../elastic" benchmark "$1" --provider onednn --threads "$threads" --warmup 4s --duration 4s --json |
        sed 's/.*"inference":\([0-9.]*\).*/\1/'
    if [ -n "$beside" ]; then
        kill "$beside"
        wait "$beside" 2>/dev/null || true
        beside=
    fi
}
median() {
    sort -n | awk '{ all[NR] = $1 } END { printf "%.1f", all[int((NR + 1) / 2)] }'
}

failed=0
for model in "$@"; do
    for busy in 0 1; do
        : >"$work/application" && : >"$work/command"
        for _ in $(seq "$rounds"); do
            application "$model" "$busy" >>"$work/application"
            command_line "$model" "$busy" >>"$work/command"
        done
        first=$(median <"$work/application") second=$(median <"$work/command")
        awk -v name="$(basename "$model")" -v busy="$busy" -v a="$first" -v c="$second" 'BEGIN {
            printf "%-28s %d busy beside it: application %6.1f ms, ./elastic %6.1f ms, %.2f times\n", name, busy, a, c, a / c
            exit a > 1.5 * c
        }' || failed=1
    done
done
exit $failed
