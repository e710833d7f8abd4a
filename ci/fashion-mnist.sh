#!/usr/bin/env bash
# What a network learns of real pictures in two ranks beside what it learns in one process: the same small network, trained on Fashion-MNIST
# with the same batches, and both accuracies on the 10,000 test pictures. Fails where they lie more than 0.3 points apart. Then what the model
# of the one process reaches in fp32, fp16, bf16 and int8, in ONNX Runtime and in oneDNN, as ci/precision-accuracy.sh measures it and with its
# limits.
#
#   ci/fashion-mnist.sh [EPOCHS [FOLDER]]     (default: 3 epochs; a temporary folder; what is trained there already is not trained again)
#
# Needs Debian's apt for the data (31 MB), or its package dataset-fashion-mnist. Takes a quarter of an hour on two cores.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
epochs=${1:-3}
work_folder=${2:-}
. "$here/common/work-folder.sh"
. "$here/common/fashion-mnist.sh"
[ -n "$fashion" ] || exit 1
grep -m1 'model name' /proc/cpuinfo || true
"$elastic" --version >/dev/null # builds

accuracy() { # NAME OPTION... : trains, unless that is done, and prints the percentage of the test pictures that the last epoch gets right
    local run=$folder/$1
    shift
    if [ ! -f "$run/model.onnx" ]; then
        "$elastic" train "$fashion" --arch resnext_tiny_elastic --epochs "$epochs" --batch 128 --lr 0.2 --schedule cosine --warmup 0.5 \
            --weight-decay 5e-4 "$@" -o "$run" >"$run.log" 2>&1 || { cat "$run.log" >&2 && exit 1; }
    fi
    sed -n 's/.*Err@1 *\([0-9.]*\).*/\1/p' "$run.log" | tail -n 1 | awk '{ printf "%.2f", 100 - $1 }'
}
one=$(accuracy one --accumulate 2)
echo "one process, --accumulate 2: $one %"
two=$(accuracy two --nproc 2)
echo "two ranks, --nproc 2:        $two %"
echo "$one $two" | awk '{ apart = $1 - $2; if (apart < 0) apart = -apart; printf "%.2f points apart\n\n", apart; exit apart > 0.3 }' ||
    { echo "fashion-mnist: FAILED: more than 0.3 points" >&2; exit 1; }

work=$(mktemp -d -p "$folder")
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" \
    "$here/precision_accuracy/PrecisionAccuracy.java" "$work" "$folder/one" "$fashion" "$fashion"
rm -rf "$work"
