#!/usr/bin/env bash
# Bulk labelling on Spark beside 'elastic predict', on the same two cores: images a second on resnext50_elastic at 224x224, by turns. What a
# start takes is left out on both sides: each labels few images and many, and the rate is that of the difference.
#
#   ci/spark-speed.sh [ROUNDS [FEW [MANY [MODEL]]]]
#                                       (default: 3 rounds of 40 and 340 images; MODEL: an .onnx file instead of that)
#
# Needs python3 with pip for Spark (450 MB from PyPI), or SPARK_HOME. Takes about a minute a round.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=${1:-3}
few=${2:-40}
many=${3:-340}
threads=2
. "$here/common/spark-home.sh"
"$here/../elastic" --version >/dev/null # builds
jar=$here/../samples/spark/target/elasticvision-spark.jar
[ -n "${BUILT:-}" ] || (cd "$here/.." && mvn -q -B -Dquick -Dmaven.test.skip=true -Pspark -pl samples/spark -am package)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext50_elastic 224 "$work"
model=${4:-$work/model.onnx}
for set in few many; do
    mkdir "$work/$set"
    for number in $(seq -w "${!set}"); do cp "$work/photo.jpg" "$work/$set/$number.jpg"; done
done
grep -m1 'model name' /proc/cpuinfo || true
export XDG_CACHE_HOME=$work/cache

predict() {
    "$here/../elastic" predict --json --threads "$threads" "$model" "$work/$1" >/dev/null
}
spark() {
    "$SPARK_HOME/bin/spark-submit" --master "local[$threads]" --conf spark.ui.enabled=false "$jar" \
        "$model" "$work/$1" -o "$work/labels" --overwrite >/dev/null 2>"$work/log" || { tail -n 3 "$work/log" >&2 && exit 1; }
}
seconds() { # COMMAND SET
    local from to
    from=$(date +%s.%N)
    "$@"
    to=$(date +%s.%N)
    echo "$from $to" | awk '{ print $2 - $1 }'
}
predict few && spark few # the optimised model is kept
for round in $(seq "$rounds"); do
    a=$(seconds predict few) b=$(seconds predict many) c=$(seconds spark few) d=$(seconds spark many)
    echo "$a $b $c $d" | awk -v images=$((many - few)) -v all="$many" '{
        predict = images / ($2 - $1); spark = images / ($4 - $3)
        printf "predict %.2f images/s, Spark %.2f, ratio %.3f; %d images in all: %.1f s and %.1f s\n", predict, spark, spark / predict, all, $2, $4
    }' | tee -a "$work/rounds"
done
sed 's/.*ratio \([0-9.]*\);.*/\1/' "$work/rounds" | sort -n | awk '{ all[NR] = $1 } END { print "median ratio " all[int((NR + 1) / 2)] }'
