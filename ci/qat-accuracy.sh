#!/usr/bin/env bash
# What trained networks reach in fp32, and how many points their int8 models lie above or below that, quantized as they are and after
# quantization-aware training (train --qat): the three networks of the demo, trained on for two epochs, on 5,000 more pictures like those that it
# holds out and, where apt or Debian's dataset-fashion-mnist has the data, a small one on the 10,000 test pictures of Fashion-MNIST, trained on for
# one epoch with 6,000 of its 60,000 training pictures. For the CPU with the usual weights (pair-safe) and with seven-bits, and for TensorRT, whose model is measured in ONNX Runtime
# too. Fails where a model after quantization-aware training is more than 0.05 points below fp32.
#
#   ci/qat-accuracy.sh [FOLDER]     (default: a temporary one; what is trained in float there already is not trained again)
#
# Takes most of an hour on two cores.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
work_folder=${1:-}
. "$here/common/work-folder.sh"
. "$here/common/training-environment.sh"
grep -m1 'model name' /proc/cpuinfo || true

if [ ! -f "$folder/demo/report.html" ]; then
    "$elastic" demo "$folder/demo" >"$folder/demo.log"
fi
runs=()
for task in classification multilabel segmentation; do
    runs+=("$folder/demo/$task" shapes "$folder/demo/data/train" 3000 2)
done

. "$here/common/fashion-mnist.sh"
if [ -n "$fashion" ]; then
    if [ ! -f "$folder/fashion/model.onnx" ]; then
        "$elastic" train "$fashion" --arch resnext_tiny_elastic --epochs 3 --batch 128 --lr 0.2 --schedule cosine \
            --warmup 0.5 --weight-decay 5e-4 -o "$folder/fashion" >"$folder/fashion.log"
    fi
    runs+=("$folder/fashion" "$fashion" "$fashion" 6000 1)
fi

work=$(mktemp -d -p "$folder")
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
"${training[@]}" java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" "$here/qat_accuracy/QatAccuracy.java" "$work" "${runs[@]}"
rm -rf "$work"
