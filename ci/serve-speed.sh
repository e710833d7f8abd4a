#!/usr/bin/env bash
# elastic serve beside servers as a Python developer writes them, by turns, with the same model, picture and cores: FastAPI and uvicorn over
# ONNX Runtime, and over OpenVINO, both decoding with OpenCV. Eight clients of wrk post a JPEG of 500x375 pixels to each as fast as they are
# answered; each server works on as many images at a time as there are cores, with one thread for each. Prints images a second, and the
# milliseconds of an answer: the median and the 99th percentile, of each turn. Last, what HTTP alone costs.
#
#   ci/serve-speed.sh [ROUNDS [SECONDS [ARCH]]]   (default: 2 15, and resnext50_elastic)
#
# Needs wrk. PYTHON names the python3 that makes the environment in target/serve-speed (300 MB from PyPI, once). CORES lists the cores,
# 0,1 unless set. Takes three minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/.." && pwd)
rounds=${1:-2}
seconds=${2:-15}
architecture=${3:-resnext50_elastic}
cores=${CORES:-0,1}
export CONCURRENT THREADS=1
CONCURRENT=$(taskset -c "$cores" nproc)
environment=$root/target/serve-speed
work=$(mktemp -d)
servers=()
finish() {
    for one in "${servers[@]}"; do kill "$one" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

packages='fastapi==0.165.0 uvicorn[standard]==0.54.0 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6 opencv-python-headless==5.0.0.93'
if [ "$(cat "$environment/packages" 2>/dev/null)" != "$packages" ]; then
    rm -rf "$environment"
    "${PYTHON:-python3}" -m venv "$environment"
    # shellcheck disable=SC2086
    "$environment/bin/pip" install --quiet --disable-pip-version-check $packages
    echo "$packages" >"$environment/packages"
fi
"$root/elastic" --version >/dev/null # builds
classpath=$root/train/target/classes:$(cat "$root/train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" "$architecture" 224 "$work"
export MODEL=$work/model.onnx PHOTO=$work/photo.jpg
mv "$MODEL" "$work/it.onnx"
MODEL=$work/it.onnx

grep -m1 'model name' /proc/cpuinfo || true
echo "$CONCURRENT images at a time, one thread each, on the cores $cores"

elastic() { # PORT PROVIDER
    taskset -c "$cores" "$root/elastic" serve --port "$1" --provider "$2" --max-concurrent "$CONCURRENT" \
        --threads "$CONCURRENT" --max-wait 30s "$MODEL" >"$work/$1.log" 2>&1 &
    servers+=($!)
}
python() { # PORT APPLICATION
    (cd "$here/serve_speed" && PYTHONDONTWRITEBYTECODE=1 exec taskset -c "$cores" "$environment/bin/python" -m uvicorn "$2:app" \
        --port "$1" --no-access-log --log-level warning) >"$work/$1.log" 2>&1 &
    servers+=($!)
}
names=('elastic serve, ONNX Runtime' 'FastAPI, ONNX Runtime' 'elastic serve, auto' 'FastAPI, OpenVINO')
ports=(18081 18082 18083 18084)
paths=(/v1/models/it:predict /predict /v1/models/it:predict /predict)
elastic "${ports[0]}" cpu
python "${ports[1]}" onnx_server
elastic "${ports[2]}" auto
python "${ports[3]}" openvino_server

load() { # INDEX SECONDS: images a second, median and 99th percentile in milliseconds, errors
    taskset -c "$cores" wrk -t1 -c8 -d"$2"s --timeout 60s -s "$here/serve_speed/post.lua" \
        "http://127.0.0.1:${ports[$1]}${paths[$1]}" | tail -n 1
}
for i in "${!names[@]}"; do
    for _ in $(seq 600); do
        curl -fs -o /dev/null --data-binary @"$PHOTO" -H 'Content-Type: image/jpeg' "http://127.0.0.1:${ports[$i]}${paths[$i]}" && break
        kill -0 "${servers[$i]}" 2>/dev/null || { cat "$work/${ports[$i]}.log"; exit 1; }
        sleep 0.1
    done
    load "$i" 4 >/dev/null # the JIT compiler, and whatever the others do first
done
printf '%-30s %10s %8s %8s\n' '' 'images/s' 'p50 ms' 'p99 ms'
for round in $(seq "$rounds"); do
    for i in "${!names[@]}"; do
        read -r rate median late errors <<<"$(load "$i" "$seconds")"
        [ "$errors" = 0 ] || { echo "$errors requests failed: $(tail -n 3 "$work/${ports[$i]}.log")"; exit 1; }
        printf '%-30s %10s %8s %8s\n' "${names[$i]}" "$rate" "$median" "$late"
    done
done
echo "HTTP alone (/healthz): $(taskset -c "$cores" wrk -t1 -c8 -d3s "http://127.0.0.1:${ports[0]}/healthz" | grep Requests/sec)"
