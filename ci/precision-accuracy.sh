#!/usr/bin/env bash
# What trained networks reach in fp32, and how many points fp16 and int8 lie above or below that: the three networks of the
# demo on 5,000 more pictures like those that it holds out and, where apt or Debian's dataset-fashion-mnist has the data, the one of the samples on
# the 10,000 test pictures of Fashion-MNIST. Int8 stands for the CPU with min-max ranges, percentile and entropy for the other ranges,
# tensorrt for the other target; each is calibrated with 256 pictures that were trained with. A second table has what the same models
# reach in ONNX Runtime and in oneDNN, and fails where bf16 lies more than 0.1 points from fp32, oneDNN's fp32 as far from ONNX Runtime's, or its
# int8 as far from ONNX Runtime's and no nearer to fp32.
#
#   ci/precision-accuracy.sh [FOLDER]     (default: a temporary one; what is trained there already is not trained again)
#
# Takes about a quarter of an hour, most of it training.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
work_folder=${1:-}
. "$here/common/work-folder.sh"

if [ ! -f "$folder/demo/report.html" ]; then
    "$elastic" demo "$folder/demo" >"$folder/demo.log"
fi
runs=()
for task in segmentation classification multilabel; do
    runs+=("$folder/demo/$task" shapes "$folder/demo/data/train")
done

. "$here/common/fashion-mnist.sh"
if [ -n "$fashion" ]; then
    if [ ! -f "$folder/fashion/model.onnx" ]; then
        "$elastic" train "$fashion" --arch resnext_tiny_elastic --epochs 5 --batch 128 --lr 0.2 --schedule cosine \
            --warmup 0.5 --weight-decay 5e-4 -o "$folder/fashion" >"$folder/fashion.log"
    fi
    runs+=("$folder/fashion" "$fashion" "$fashion")
fi

work=$(mktemp -d -p "$folder")
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" \
    "$here/precision_accuracy/PrecisionAccuracy.java" "$work" "${runs[@]}"
rm -rf "$work"
