#!/usr/bin/env bash
# What takes an NVIDIA GPU, for a person who has one. Begins with what is likeliest to fail, goes on after a failure, prints each step,
# and ends in one table: please paste it into a report. Under ten minutes on one GPU, once the libraries are there (the first time it
# downloads 1.6 GB with Maven; NVIDIA's own: docs/gpu.md).
#
#   ci/gpu-test.sh           the steps below
#   ci/gpu-test.sh all       and then all tests that need a GPU, half an hour: engines of a network of each family and task in fp32, fp16
#                            and int8 beside ONNX Runtime, training beside the CPU, memory over 10,000 inferences
#
# Fails where a step does, where there is no GPU, and where a test was skipped because something is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
    echo "gpu-test: $*" >&2
    exit 1
}
case ${1:-} in '' | all) ;; *) fail "there is no '$1'; give nothing, or 'all'" ;; esac
command -v nvidia-smi >/dev/null || fail "no nvidia-smi on the PATH: this takes an NVIDIA GPU and its driver"
gpus=$(nvidia-smi --query-gpu=name,compute_cap,driver_version,memory.total --format=csv,noheader 2>&1) ||
    fail "nvidia-smi finds no GPU ($(head -n 1 <<<"$gpus"))"
[ -n "$gpus" ] || fail "nvidia-smi lists no GPU"
command -v mvn >/dev/null || fail "no mvn on the PATH; install Maven 3.6.3 or newer"
echo "gpu-test: $gpus"

export ELASTIC_MAVEN=-Pcuda,tensorrt ELASTIC_ARCHIVE=off
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
table=()
code=0
row() { # RESULT SECONDS STEP DETAIL
    table+=("$(printf '%-8s %6s s  %-44s %s' "$1" "$2" "$3" "$4")")
    echo "gpu-test: ${table[-1]}"
    [ "$1" = ok ] || code=1
}
step() { # NAME SECONDS_AT_MOST COMMAND...
    local name=$1 most=$2 result=ok start=$SECONDS status=0
    shift 2
    echo "gpu-test: -- $name"
    timeout "$most" "$@" >"$work/out" 2>&1 || status=$?
    cat "$work/out"
    [ $status -eq 0 ] || result=FAILED
    [ $status -ne 124 ] || echo "after $most seconds it was stopped" >>"$work/out"
    row $result $((SECONDS - start)) "$name" "$(grep -v '^ *$' "$work/out" | tail -n 1 | cut -c1-160)"
}
same_answer() { # FILE FILE: the class and its probability, to two places
    python3 - "$1" "$2" <<'PYTHON'
import json, sys
def top(path):
    with open(path) as file:
        answer = json.load(file)
    answer = answer[0] if isinstance(answer, list) else answer
    values = []
    def walk(value):
        if isinstance(value, dict):
            for item in value.values(): walk(item)
        elif isinstance(value, list):
            for item in value: walk(item)
        elif isinstance(value, float):
            values.append(value)
    walk(answer)
    return values
cpu, gpu = top(sys.argv[1]), top(sys.argv[2])
most = max(abs(a - b) for a, b in zip(cpu, gpu))
print(f"{len(cpu)} numbers, the largest difference is {most:.4f}")
sys.exit(0 if cpu and len(cpu) == len(gpu) and most < 0.01 else 1)
PYTHON
}
predict() { # OUTPUT MODEL OPTION...
    local out=$1 model=$2
    shift 2
    ./elastic predict "$model" "$work/photo.jpg" --json "$@" >"$out" && same_answer "$work/cpu.json" "$out"
}
prepare() {
    local classpath folder
    classpath=train/target/classes:$(sed 's/pytorch-[^:]*-gpu\.jar//' train/target/classpath.txt)
    java -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" \
        ci/common/UntrainedModel.java resnext50_elastic 224 "$work"
    for folder in train/a train/b val/a val/b; do
        mkdir -p "$work/data/$folder"
        cp "$work/photo.jpg" "$work/data/$folder/1.jpg"
    done
    ./elastic predict "$work/model.onnx" "$work/photo.jpg" --json >"$work/cpu.json"
}
train() { # NAME OPTION...
    local name=$1
    shift
    ./elastic train "$work/data" --arch resnext50_elastic --epochs 1 --batch 2 --device cuda -o "$work/$name" "$@"
}
engine() { ./elastic build-engine "$1" -o "$2" --timing-cache "$work/timing.cache"; }
doctor() { # fails where a line of a GPU's has the sign of what is broken
    ./elastic doctor | grep -A1 -E '^(LibTorch|NVIDIA|CUDA|GPU|cuDNN|ONNX Runtime [CT]|TensorRT)' | grep -v -E '^(--|OpenCV|JavaCPP)' |
        tee "$work/doctor"
    ! grep -E '^[A-Z].* !  ' "$work/doctor"
}
export work
export -f same_answer predict prepare train engine doctor

step "build with -Pcuda,tensorrt" 1200 ./elastic --version
step "a model and a picture, the answer of the CPU" 120 bash -c prepare
step "doctor" 120 bash -c doctor
step "ONNX Runtime on CUDA answers as the CPU" 120 bash -c 'predict "$work/cuda.json" "$work/model.onnx" --provider cuda'
step "a step of training on CUDA, fp32" 120 bash -c 'train fp32'
step "a step of training on CUDA, bf16" 120 bash -c 'train bf16 --precision bf16'
step "a step of training on CUDA, fp16" 120 bash -c 'train fp16 --precision fp16'
step "an engine is built" 240 bash -c 'engine "$work/model.onnx" "$work/model.engine"'
step "the engine answers as the CPU" 120 bash -c 'predict "$work/engine.json" "$work/model.engine"'
step "ONNX Runtime on TensorRT answers as the CPU" 240 \
    bash -c 'predict "$work/tensorrt.json" "$work/model.onnx" --provider tensorrt'

# Each test of JUnit's is a row; only what this run writes is counted.
junit() { # NAME SECONDS_AT_MOST MAVEN_ARGUMENT...
    local name=$1 most=$2 start=$SECONDS status=0 rows line
    shift 2
    echo "gpu-test: -- $name"
    rm -f ./*/target/surefire-reports/TEST-*.xml
    timeout "$most" mvn --batch-mode --no-transfer-progress --fail-at-end -Dquick -Pcuda,tensorrt -Dgroups=gpu -Dtests.excluded= \
        -Dsurefire.failIfNoSpecifiedTests=false "$@" test || status=$?
    rows=$(find . -path '*/surefire-reports/TEST-*.xml' -exec cat {} + | awk '
        /<testcase /{ match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8)
                      match($0, /classname="[^"]*"/); class = substr($0, RSTART + 11, RLENGTH - 12); sub(/.*\./, "", class)
                      match($0, / time="[^"]*"/); time = substr($0, RSTART + 7, RLENGTH - 8)
                      result = "ok" }
        /<(failure|error)[ >]/{ result = "FAILED" }
        /<skipped/{ result = "skipped" }
        /<\/testcase>/ || /<testcase .*\/>/{ printf "%s\t%.0f\t%s.%s\n", result, time, class, name }')
    while IFS=$'\t' read -r result seconds test; do
        [ -z "$result" ] || row "$result" "$seconds" "$test" ""
    done <<<"$rows"
    [ -n "$rows" ] && [ $status -eq 0 ] || row FAILED $((SECONDS - start)) "$name" "exit code $status; Maven says why above"
}
if [ "${1:-}" = all ]; then
    junit "all tests that need a GPU" 3600
else
    junit "some of the tests that need a GPU" 240 -pl train -am \
        -Dtest='OnnxGpuTest,TensorRtGpuTest,TorchOnGpuTest,EngineOnGpuTest#everyBatchOfTheProfileRuns'
fi

echo
echo "gpu-test: $gpus"
echo "gpu-test: $(./elastic --version | head -n 1), commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
printf '%s\n' "${table[@]}"
exit $code
