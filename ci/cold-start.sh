#!/usr/bin/env bash
# From the start of the process to the first answer: 'elastic predict MODEL photo.jpg' with resnext50_elastic at 224x224 in fp32
# and a photo of 500x375, as ./elastic starts it, beside Java as it starts by itself: without an archive of the classes, with
# libraries that are unpacked or searched for at each start. By turns in one run; prints medians, and the median of the neighbours'
# ratios.
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
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
"$java" -version 2>&1 | sed -n 2p
"$java" -Djava.awt.headless=true -cp "$classpath" "$here/small_models/WriteModel.java" resnext50_elastic 224 "$work"

before() {
    ORT_DISABLE_TELEMETRY=1 "$java" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 --enable-native-access=ALL-UNNAMED \
        -cp "$classpath" org.elasticvision.runtime.cli.Elastic predict "$work/model.onnx" "$work/photo.jpg"
}
after() {
    "$elastic" predict "$work/model.onnx" "$work/photo.jpg"
}
milliseconds() { # COMMAND
    local start=${EPOCHREALTIME/[.,]/}
    "$1" >"$work/out"
    [ "$(wc -l <"$work/out")" -eq 6 ] || { echo "no answer:" >&2; cat "$work/out" >&2; exit 1; }
    echo $(((${EPOCHREALTIME/[.,]/} - start) / 1000))
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

before >/dev/null # leaves OpenCV's libraries in JavaCPP's cache
after >/dev/null  # leaves the archive
for _ in $(seq "$runs"); do
    echo "$(milliseconds before) $(milliseconds after)" >>"$work/times"
done
awk '{ print $1 }' "$work/times" | median | sed 's/$/ ms  Java by itself/'
awk '{ print $2 }' "$work/times" | median | sed "s|\$| ms  $(basename "$elastic")|"
awk '{ print int(100 * $2 / $1 + 0.5) }' "$work/times" | median | sed 's/$/ % of the time/'
