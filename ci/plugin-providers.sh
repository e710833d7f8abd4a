#!/usr/bin/env bash
# A plug-in execution provider of ONNX Runtime by others, the whole way as a user goes it: OpenVINO's wheel from PyPI is added, runs
# predict, evaluate, benchmark and serve, computes in fp32 where that was asked (which is seen, not believed), is refused where it does
# not, and is gone when it is removed. Nothing of this user's is touched.
#
#   ci/plugin-providers.sh
#
# PYTHON names the python3 whose pip fetches the wheel (53 MB); WHEEL names a wheel that is there. Where neither can be had, or on
# another platform than Linux x86_64 or processor than Intel's, it is skipped with the reason. Takes two to five minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
python=${PYTHON:-python3}
package=onnxruntime-ep-openvino==1.8.1
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

if [ "$(uname -sm)" != 'Linux x86_64' ]; then
    echo "skipped: $package has no wheel for $(uname -sm) here"
    exit 0
fi
if ! grep -q GenuineIntel /proc/cpuinfo; then
    echo "skipped: $package offers a device on Intel's processors only (findings/onnxruntime-openvino-no-device-on-amd.sh)"
    exit 0
fi
wheel=${WHEEL:-}
if [ -z "$wheel" ]; then
    if ! "$python" -m pip download -q --disable-pip-version-check --no-deps -d "$work/pypi" "$package" >"$work/pip.log" 2>&1; then
        echo "skipped: $package could not be fetched from PyPI: $(tail -n 1 "$work/pip.log")"
        exit 0
    fi
    wheel=$(echo "$work"/pypi/*.whl)
fi

"$elastic" --version >/dev/null # builds
export ELASTIC_PROVIDERS=$work/providers XDG_CACHE_HOME=$work/cache ELASTIC_ARCHIVE=off
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext50_elastic 224 "$work"
model=$work/model.onnx photo=$work/photo.jpg

failed=0
check() { # WHAT PATTERN COMMAND...: it succeeds and prints the pattern
    local what=$1 pattern=$2 said
    shift 2
    if said=$("$@" 2>&1) && grep -qE -- "$pattern" <<<"$said"; then
        echo "ok      $what: $(grep -m1 -oE -- "$pattern" <<<"$said")"
    else
        failed=$((failed + 1))
        echo "FAILED  $what: $said"
    fi
}
refused() { # WHAT PATTERN COMMAND...: it fails with one line that has the pattern
    local what=$1 pattern=$2 said
    shift 2
    if said=$("$@" 2>&1); then
        failed=$((failed + 1))
        echo "FAILED  $what: was taken: $said"
    elif [ "$(wc -l <<<"$said")" != 1 ] || ! grep -qE -- "$pattern" <<<"$said"; then
        failed=$((failed + 1))
        echo "FAILED  $what: $said"
    else
        echo "refused $what: ${said#elastic: }"
    fi
}
nothing_left() {
    if [ -n "$(ls -A "$ELASTIC_PROVIDERS" 2>/dev/null)" ]; then
        failed=$((failed + 1))
        echo "FAILED  something is left: $(ls -A "$ELASTIC_PROVIDERS")"
    fi
}

echo "--- $(basename "$wheel"), $(grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //')"
head -c 20000000 "$wheel" >"$work/cut.whl"
refused 'a wheel that is cut off' 'is damaged' "$elastic" provider add "$work/cut.whl"
python_alters='
import sys, zipfile
source, target = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], "w")
for entry in source.infolist():
    content = source.read(entry)
    if entry.filename.endswith("libtbb.so.12"):
        content = content[:1000] + bytes([content[1000] ^ 1]) + content[1001:]
    target.writestr(entry, content)
target.close()
'
"$python" -c "$python_alters" "$wheel" "$work/altered.whl"
refused 'a wheel with one bit changed' 'libtbb.so.12 is not what its list \(RECORD\) has' "$elastic" provider add "$work/altered.whl"
nothing_left
refused 'the provider before it is added' "unknown provider 'openvino'" "$elastic" predict "$model" "$photo" --provider openvino

check 'add' 'openvino 1\.8\.1 added' "$elastic" provider add "$wheel"
refused 'adding it twice' 'is there already \(1\.8\.1\)' "$elastic" provider add "$wheel"
check 'list' '^openvino +1\.8\.1 .*_plugin\.so' "$elastic" provider list
check 'doctor' '^Provider openvino +ok +1\.8\.1' "$elastic" doctor
check 'doctor lists devices' '^- device 0 +ok +CPU, [^:]*' "$elastic" doctor

check 'fp32 is fp32' 'Computes in +fp32 .*' "$elastic" inspect "$model" --provider openvino
check 'fp32 by the second device' 'Computes in +fp32 .*' "$elastic" inspect "$model" --provider openvino --device 1
if grep -qE 'avx512_bf16|amx_bf16' /proc/cpuinfo; then
    check 'auto is bf16 here' 'Computes in +reduced precision .*' \
        "$elastic" inspect "$model" --provider openvino --inference-precision auto
    check 'bf16' 'Computes in +reduced precision .*' "$elastic" inspect "$model" --provider openvino --inference-precision bf16
    check 'precision=FP32 does nothing' 'Computes in +reduced precision .*' "$elastic" inspect "$model" --provider openvino \
        --inference-precision auto --provider-option precision=FP32
    refused 'less than was asked' 'is not computed in fp32 by the provider openvino' "$elastic" predict "$model" "$photo" \
        --provider openvino --provider-option 'load_config={"CPU":{"INFERENCE_PRECISION_HINT":"bf16"}}'
else
    echo '-       this processor has no bfloat16: what is refused for it cannot be seen here'
fi
refused 'a value that OpenVINO refuses' 'is not taken by the provider openvino; change its options' "$elastic" predict "$model" \
    "$photo" --provider openvino --provider-option 'load_config={"CPU":{"INFERENCE_PRECISION_HINT":"F32"}}'
refused 'a device that is not there' "has no device 'npu', only 0" "$elastic" predict "$model" "$photo" --provider openvino --device npu

answer() { # OPTIONS...: the class of the photo, with five digits of its probability
    "$elastic" predict "$model" "$photo" --top 1 --json "$@" | grep -oE '"index":[0-9]+|"probability":0\.[0-9]{5}' | tr '\n' ' '
}
cpu=$(answer)
check 'predict answers as the provider cpu does' "^${cpu% } *$" answer --provider openvino
library=$(echo "$ELASTIC_PROVIDERS"/openvino/*/libonnxruntime_providers_openvino_plugin.so)
check 'predict with --provider-library' "^${cpu% } *$" answer --provider-library "$library"
index=$(sed -E 's/"index":([0-9]+).*/\1/' <<<"$cpu")
mkdir -p "$work/data/$index" "$work/data/$(((index + 1) % 1000))" # the class that the network sees, and another
for class in "$work"/data/*; do cp "$photo" "$class/photo.jpg"; done
check 'evaluate' 'Err@1 +50\.00 %' "$elastic" evaluate "$model" "$work/data" --provider openvino
check 'benchmark' 'Computes +in fp32 .*' "$elastic" benchmark "$model" --provider openvino --warmup 1s --duration 3s
check 'benchmark of many callers' 'Throughput .*' "$elastic" benchmark "$model" --provider openvino --warmup 1s --duration 3s \
    --goal throughput --inference-precision auto
check 'benchmark in JSON' '"observed":\{"device":"[^"]*","precision":"fp32","difference":[^}]*\}' \
    "$elastic" benchmark "$model" --provider openvino --warmup 1s --duration 2s --json

"$elastic" serve --port 0 "$model" --provider openvino >"$work/serve.out" 2>"$work/serve.err" &
server=$!
address=
for _ in $(seq 120); do
    address=$(sed -n 's#^Serving at \(http://[^ ]*\)/ .*#\1#p' "$work/serve.out")
    [ -z "$address" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.5
done
served() {
    local name
    name=$(curl -fsS "$address/v1/models" | grep -oE '"name":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
    curl -fsS --data-binary "@$photo" "$address/v1/models/$name:predict?top=1"
}
check 'serve' '"index":[0-9]+' served
kill "$server" 2>/dev/null || true
wait "$server" 2>/dev/null || true
server=

check 'remove' 'openvino removed' "$elastic" provider remove openvino
nothing_left
refused 'the provider after it is removed' "unknown provider 'openvino'" "$elastic" predict "$model" "$photo" --provider openvino
if [ "$failed" -gt 0 ]; then
    echo "$failed failed"
    exit 1
fi
echo "all as expected"
