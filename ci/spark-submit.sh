#!/usr/bin/env bash
# Bulk labelling as a user starts it: spark-submit with the jar of samples/spark, in Spark's local mode and on a standalone master with two
# workers on this machine (loopback only), in a Spark that is the cluster's own and not of Maven's class path. Says what memory the
# executors took in each quarter of the job.
#
#   ci/spark-submit.sh [IMAGES [NETWORK SIDE]]        (default: 300 on the cluster; resnext50_elastic 224)
#   ci/spark-submit.sh 20000 resnext_tiny_elastic 64  (a long job: does their memory stay the same?)
#
# The images are links to one file. Takes about five minutes; needs python3 with pip for Spark (450 MB from PyPI), or SPARK_HOME. Linux only.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
images=${1:-300}
network=${2:-resnext50_elastic}
side=${3:-224}
. "$here/common/spark-home.sh"
"$here/../elastic" --version >/dev/null # builds what makes the model
[ -n "${BUILT:-}" ] || (cd "$here/.." && mvn -q -B -Dquick -Dmaven.test.skip=true -Pspark -pl samples/spark -am package)
jar=$here/../samples/spark/target/elasticvision-spark.jar

work=$(mktemp -d)
started=()
finish() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
cd "$work"
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" "$network" "$side" "$work"
mkdir photos few
for number in $(seq -w "$images"); do ln photo.jpg "photos/$number.jpg"; done
cp photo.jpg few/whole.jpg
head -c 9000 photo.jpg >few/half.jpg
: >few/empty.jpg

fail() {
    echo "spark-submit: FAILED: $*" >&2
    exit 1
}
submit() { # LOG SPARK-OPTION... -- ARGUMENT...
    local log=$1 options=()
    shift
    while [ "$1" != -- ]; do options+=("$1") && shift; done
    shift
    "$SPARK_HOME/bin/spark-submit" --conf spark.ui.enabled=false "${options[@]}" "$jar" "$@" >"$log.out" 2>"$log.err"
}

submit local --master 'local[2]' -- model.onnx few -o local-labels || fail "in local mode: $(tail -n 1 local.err)"
grep -qx '1 images labelled, 2 failed: the column error says why' local.out || fail "in local mode: $(cat local.out)"
[ -f local-labels/_SUCCESS ] || fail "no _SUCCESS"
echo "spark-submit: local mode: $(tail -n 1 local.out)"

if submit wrong --master 'local[2]' -- model.onnx few -o local-labels; then fail "an output that is there was written over"; fi
[ "$(grep -c '^elastic: ' wrong.err)" = 1 ] || fail "not one line: $(cat wrong.err)"
echo "spark-submit: $(grep '^elastic: ' wrong.err)"
if submit usage --master 'local[2]' -- model.onnx few -o labels --top 0; then fail "--top 0 is taken"; fi
[ "$(grep -c '^elastic: ' usage.err)" = 1 ] && ! grep -q 'ERROR\|^\s*at ' usage.err || fail "not one line: $(cat usage.err)"
echo "spark-submit: $(grep '^elastic: ' usage.err)"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0 >master.log 2>&1 &
started+=($!)
for worker in 0 1; do
    "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 1g --webui-port 0 \
        --work-dir "$work/work$worker" "spark://127.0.0.1:$port" >"worker$worker.log" 2>&1 &
    started+=($!)
done

# What each executor has in memory while images are labelled and it is not stopped, as the kernel counts it: of shared pages, the model's among
# them, each counts all.
sample() {
    while sleep 2; do
        find . -path './_labels.*' -name 'part-*' 2>/dev/null | grep -q . || continue
        for process in "${started[@]:1:2}"; do
            for executor in $(cat "/proc/$process/task/"*/children); do
                awk -v process="$executor" '/^State/ { stopped = $2 == "T" } /^VmRSS/ && !stopped { print process, int($2 / 1024) }' \
                    "/proc/$executor/status" 2>/dev/null || true
            done
        done
    done >memory
}
sample &
started+=($!)
# The heap is resident from the start, so that what grows is not Java's.
submit cluster --master "spark://127.0.0.1:$port" --executor-memory 512m --conf spark.driver.host=127.0.0.1 \
    --conf 'spark.executor.extraJavaOptions=-Xms512m -XX:+AlwaysPreTouch' \
    -- model.onnx photos -o labels --images-per-task $(((images + 14) / 15)) || fail "on the cluster: $(tail -n 1 cluster.err)"
grep -q 'images labelled, 0 failed' cluster.out || fail "on the cluster: $(cat cluster.out)"
echo "spark-submit: two workers: $(tail -n 1 cluster.out)"
sort -s -k1,1 memory | awk '
    $1 != process { if (process) tell(); process = $1; n = 0 }
    { all[++n] = $2 }
    function tell(  quarter, i, sum, count, most, means) {
        for (quarter = 0; quarter < 4; quarter++) {
            sum = count = 0
            for (i = 1 + int(n * quarter / 4); i <= int(n * (quarter + 1) / 4); i++) {
                sum += all[i]
                count++
                if (all[i] > most) most = all[i]
            }
            mean[quarter] = count ? sum / count : 0
            means = means (quarter ? ", " : "") int(mean[quarter])
        }
        printf "spark-submit: memory of an executor in each quarter of the job: %s MB; %d MB at most\n", means, most
        if (n >= 20 && mean[3] > mean[1] + 32) grown = 1
    }
    END { if (process) tell(); exit grown }' || fail "an executor grows by more than 32 MB from the second quarter on"
