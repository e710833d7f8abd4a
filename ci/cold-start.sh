#!/usr/bin/env bash
# From the start of the process to the first answer: 'elastic predict MODEL photo.jpg' with resnext50_elastic at 224x224, in fp32 and in
# int8, and a photo of 500x375, as ./elastic starts it: in ONNX Runtime, in oneDNN, and in the one that --provider auto takes; the same with
# --no-cache, so without what the last time left of the model; and Java as it starts by itself: without either, without an archive of
# the classes, with libraries that are unpacked or searched for at each start. By turns in one run; prints medians, and the medians of the
# differences from ONNX Runtime's in the same turn.
#
#   ci/cold-start.sh [RUNS [COMMAND]]     (default: 15 ./elastic; COMMAND may be the bin/elastic of a distribution)
#
# JAVA_HOME or the PATH says which Java. Takes three minutes.
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
mv "$work/model.onnx" "$work/fp32.onnx"
"$elastic" quantize -o "$work/int8.onnx" "$work/fp32.onnx" "$work/photo.jpg" >/dev/null

by_itself() { # MODEL
    ORT_DISABLE_TELEMETRY=1 "$java" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 --enable-native-access=ALL-UNNAMED \
        -cp "$classpath" org.elasticvision.runtime.cli.Elastic predict --no-cache "$1" "$work/photo.jpg"
}
without_cache() {
    "$elastic" predict --no-cache "$1" "$work/photo.jpg"
}
in_onnx_runtime() {
    "$elastic" predict --provider cpu "$1" "$work/photo.jpg"
}
in_onednn() {
    "$elastic" predict --provider onednn "$1" "$work/photo.jpg"
}
automatic() {
    "$elastic" predict "$1" "$work/photo.jpg"
}
milliseconds() { # COMMAND MODEL
    local start=${EPOCHREALTIME/[.,]/}
    "$1" "$2" >"$work/out"
    [ "$(wc -l <"$work/out")" -eq 6 ] || { echo "no answer:" >&2; cat "$work/out" >&2; exit 1; }
    echo $(((${EPOCHREALTIME/[.,]/} - start) / 1000))
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

commands="in_onnx_runtime in_onednn automatic without_cache by_itself"
sleep 3 # a file that has just been written is not taken for known
for precision in fp32 int8; do
    model=$work/$precision.onnx
    for command in $commands; do "$command" "$model" >/dev/null; done # leaves the archive, libraries, and what is kept of the model
    for _ in $(seq "$runs"); do
        for command in $commands; do printf '%s ' "$(milliseconds "$command" "$model")"; done
        echo
    done >"$work/times"
    column() { # N, NAME
        printf '%6d ms %+6d ms  %s\n' "$(awk -v n="$1" '{ print $n }' "$work/times" | median)" \
            "$(awk -v n="$1" '{ print $n - $1 }' "$work/times" | median)" "$2"
    }
    echo "$precision; $("$elastic" inspect "$model" | sed -n 's/^Runs in *//p')"
    column 1 "$(basename "$elastic") --provider cpu (ONNX Runtime)"
    column 2 "$(basename "$elastic") --provider onednn"
    column 3 "$(basename "$elastic")"
    column 4 "$(basename "$elastic") --no-cache"
    column 5 "Java by itself"
done
