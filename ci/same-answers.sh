#!/usr/bin/env bash
# Whether an image is answered the same to the bit when it is asked again, at every place in a batch of 8 beside others, and on one thread and
# two: full-size networks in fp32 and int8, in ONNX Runtime and in oneDNN. Prints "same", or the largest difference as a share of the
# largest value, and exits 1 if there is one: docs/engines.md promises that there is none.
#
#   ci/same-answers.sh [ARCHITECTURE:TASK:CLASSES:SIDE...]
#
# Takes some minutes on two cores. ONEDNN_MAX_CPU_ISA=avx2 tries oneDNN as on an older processor.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || set -- resnext50_elastic:CLASSIFICATION:1000:224 se_resnext50_elastic:CLASSIFICATION:1000:224 \
    dla60x_elastic:MULTI_LABEL:80:224 densenet201_elastic:CLASSIFICATION:1000:224 resnext50_elastic:SEGMENTATION:21:257
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -m1 'model name' /proc/cpuinfo || true
javac -d "$work/classes" -cp "$classpath" "$here"/same_answers/*.java "$here/common/UntrainedModel.java"
java -Xmx2g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Djava.awt.headless=true -cp "$work/classes:$classpath" SameAnswers "$work" "$@"
