#!/usr/bin/env bash
# From the start of the process to the first answer: 'elastic predict MODEL photo.jpg' with resnext50_elastic at 224x224 in fp32
# and a photo of 500x375, as ./elastic starts it; the same with --no-cache, so without the optimised model of the last time; and
# Java as it starts by itself: without either, without an archive of the classes, with libraries that are unpacked or searched for at
# each start. By turns in one run; prints medians, and the median of the neighbours' ratios.
#
#   ci/cold-start.sh [RUNS [COMMAND]]     (default: 15 ./elastic; COMMAND may be the bin/elastic of a distribution)
#
# JAVA_HOME or the PATH says which Java. Takes a minute.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
runs=${1:-15}
elastic=${2:-$here/../elastic}
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/elasticvision-train.jar:$(cat "$here/../train/target/classpath.txt")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

work=$(mktemp -d)
export XDG_CACHE_HOME=$work/cache
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
"$java" -version 2>&1 | sed -n 2p
"$java" -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext50_elastic 224 "$work"

before() {
    ORT_DISABLE_TELEMETRY=1 "$java" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 --enable-native-access=ALL-UNNAMED \
        -cp "$classpath" org.elasticvision.runtime.cli.Elastic predict --no-cache "$work/model.onnx" "$work/photo.jpg"
}
after() {
    "$elastic" predict "$work/model.onnx" "$work/photo.jpg"
}
without_model() {
    "$elastic" predict --no-cache "$work/model.onnx" "$work/photo.jpg"
}
milliseconds() { # COMMAND
    local start=${EPOCHREALTIME/[.,]/}
    "$1" >"$work/out"
    [ "$(wc -l <"$work/out")" -eq 6 ] || { echo "no answer:" >&2; cat "$work/out" >&2; exit 1; }
    echo $(((${EPOCHREALTIME/[.,]/} - start) / 1000))
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

sleep 3           # a file that has just been written is not taken for known
before >/dev/null # leaves OpenCV's libraries in JavaCPP's cache
after >/dev/null  # leaves the archive and the optimised model
for _ in $(seq "$runs"); do
    echo "$(milliseconds before) $(milliseconds without_model) $(milliseconds after)" >>"$work/times"
done
column() { # N, NAME
    local time share
    time=$(awk -v n="$1" '{ print $n }' "$work/times" | median)
    share=$(awk -v n="$1" '{ print int(100 * $n / $1 + 0.5) }' "$work/times" | median)
    printf '%5d ms %4d %%  %s\n' "$time" "$share" "$2"
}
column 1 "Java by itself"
column 2 "$(basename "$elastic") --no-cache"
column 3 "$(basename "$elastic")"
