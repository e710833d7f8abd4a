#!/usr/bin/env bash
# Everything that takes an NVIDIA GPU, for a person who has one: engines of a network of each family and task in fp32, fp16 and
# int8 beside ONNX Runtime, training on CUDA beside the CPU, memory over 10,000 inferences. The first time this downloads some
# gigabytes of libraries (CUDA builds of ONNX Runtime and LibTorch, TensorRT), then takes about half an hour.
#
#   ci/gpu-test.sh [MAVEN_ARGUMENT...]     such as -pl convert -am, or -Dtest=EngineOnGpuTest
#
# Fails where there is no GPU, and where a test was skipped because something is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
    echo "gpu-test: $*" >&2
    exit 1
}

command -v nvidia-smi >/dev/null || fail "no nvidia-smi on the PATH: this takes an NVIDIA GPU and its driver"
gpus=$(nvidia-smi --query-gpu=name,compute_cap,driver_version,memory.total --format=csv,noheader 2>&1) ||
    fail "nvidia-smi finds no GPU ($(head -n 1 <<<"$gpus"))"
[ -n "$gpus" ] || fail "nvidia-smi lists no GPU"
command -v mvn >/dev/null || fail "no mvn on the PATH; install Maven 3.6.3 or newer"
echo "gpu-test: $gpus"

# Only what this run writes is summed up.
rm -f ./*/target/surefire-reports/TEST-*.xml
code=0
mvn --batch-mode --no-transfer-progress --fail-at-end -Dquick -Pcuda,tensorrt -Dgroups=gpu -Dtests.excluded= \
    -Dsurefire.failIfNoSpecifiedTests=false "$@" test || code=$?

shopt -s nullglob
reports=(./*/target/surefire-reports/TEST-*.xml)
[ ${#reports[@]} -gt 0 ] || fail "no test ran; Maven says why above"
awk -F'[=" ]+' '
    /<testsuite /{
        for (i = 1; i <= NF; i++) {
            if ($i == "tests") tests += $(i + 1)
            if ($i == "errors") errors += $(i + 1)
            if ($i == "skipped") skipped += $(i + 1)
            if ($i == "failures") failures += $(i + 1)
        }
    }
    /<testcase /{ match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8)
                  match($0, /classname="[^"]*"/); class = substr($0, RSTART + 11, RLENGTH - 12); sub(/.*\./, "", class)
                  match($0, / time="[^"]*"/); time = substr($0, RSTART + 7, RLENGTH - 8)
                  result = "ok" }
    /<(failure|error)[ >]/{ result = "FAILED" }
    /<skipped/{ result = "skipped" }
    /<\/testcase>/ || /<testcase .*\/>/{ printf "%-8s %8.1f s  %s.%s\n", result, time, class, name }
    END {
        printf "gpu-test: tests %d, failures %d, errors %d, skipped %d\n", tests, failures, errors, skipped
        exit tests == 0 || failures + errors + skipped > 0
    }' "${reports[@]}" || code=1
exit "$code"
