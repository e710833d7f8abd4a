#!/usr/bin/env bash
# From encoded JPEGs to top-1: images a second of ElasticVision, onnxruntime-node with sharp, DJL's ONNX Runtime engine with
# DJL's transforms, and OrtSession.run alone on tensors that are ready. The same ONNX file, the same 200 JPEGs of 500x375, the same
# version of ONNX Runtime, by turns in one run: blocks of 20 pictures, the medians of all blocks, and of the neighbours' ratios.
# Each is asked by one caller, with its library's own defaults, and by two at a time, with one thread for each; "bests" compares
# the better of the two with ours. (onnxruntime-node runs one call at a time, whatever it is asked.)
#
#   ci/runtime-speed.sh [ROUNDS [ARCH]]     (default: 10 rounds, resnext50_elastic)
#
# Needs Node.js 20 or newer with npm, Maven, Linux x86-64, and downloads about 500 MB the first time. Takes about four minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../elastic" --version >/dev/null # builds
own=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
target=$here/../target/runtime-speed # what is downloaded stays there
mkdir -p "$target"

cp "$here/runtime_speed/package.json" "$here/runtime_speed/node.mjs" "$target"
(cd "$target" && npm install --silent --no-audit --no-fund --ignore-scripts)
mvn -B -q -f "$here/runtime_speed/pom.xml" dependency:build-classpath -Dmdep.outputFile="$target/djl.txt"
djl=$(cat "$target/djl.txt")
javac -d "$target/classes" -cp "$own:$djl" "$here"/runtime_speed/*.java "$here/common/UntrainedModel.java"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
java=java\|-Dorg.bytedeco.javacpp.maxPhysicalBytes=0\|-cp
export ORT_DISABLE_TELEMETRY=1 DJL_CACHE_DIR=$target/djl-cache
java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$target/classes:$own" RuntimeSpeed "${2:-resnext50_elastic}" "${1:-10}" "$work" \
    "OrtSession.run alone=$java|$target/classes:$own|Bare" \
    "ElasticVision=$java|$target/classes:$own|ElasticVision" \
    "onnxruntime-node + sharp=node|$target/node.mjs" \
    "DJL (ONNX Runtime)=java|-cp|$target/classes:$djl|Djl"
