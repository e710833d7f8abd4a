#!/usr/bin/env bash
# What 'elastic convert --compatible' writes loads in the programs that people take models to, and answers there what it answers in ONNX
# Runtime: OpenVINO, onnx2torch (PyTorch), and ncnn by way of pnnx, in float32, each on one input. Small networks and full-size ones of
# all three tasks and families.
#
#   ci/compatible-peers.sh [NETWORK...]
#
# The networks are those of the table below. PYTHON names a python3 whose venv gets the peers from PyPI (with PyTorch, 6 GB); PEERS names a
# python3 that has them already. Where they cannot be installed it is skipped with the reason. OPTIONS are other options for 'convert' than
# --compatible. TMPDIR needs 2 GB besides. Prints the versions and a table of the largest differences as shares of the largest value, and
# exits 1 if a model does not load or differs by more than 1e-4. Takes about ten minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
python=${PYTHON:-python3}
read -ra options <<<"${OPTIONS---compatible}"
packages=(openvino==2026.4.1 onnx2torch==1.5.15 pnnx==20261020 ncnn==1.0.20261020 onnxruntime==1.32.0 onnx==1.23.2 torch==2.15.0 torchvision==0.29.2)
networks='resnext_tiny_elastic classification 10 64
resnext_tiny_elastic segmentation 21 65
resnext50_elastic classification 1000 224
dla60x_elastic multilabel 80 224
densenet201_elastic classification 1000 224
resnext50_elastic segmentation 21 257
dla60x_elastic segmentation 21 257'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
peers=${PEERS:-}
if [ -z "$peers" ]; then
    peers=$work/venv/bin/python
    if ! { "$python" -m venv "$work/venv" && "$work/venv/bin/pip" install -q --no-input --no-cache-dir --disable-pip-version-check "${packages[@]}"; } >"$work/pip.log" 2>&1; then
        echo "skipped: the peers could not be installed from PyPI: $(tail -n 1 "$work/pip.log")"
        exit 0
    fi
fi
"$elastic" --version # builds, and says which
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
export CUDA_VISIBLE_DEVICES= PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore
peer() { "$peers" "$here/compatible_peers/peer.py" "$@"; }
peer versions

failed=0
row() { # ARCH TASK CLASSES SIZE
    local program cells=() said
    rm -f "$work"/*.npy
    java -Djava.awt.headless=true -cp "$classpath" "$here/compatible_peers/UntrainedCheckpoint.java" "$1" "$2" "$3" "$work/model.pth" 2>"$work/java.log" ||
        { cat "$work/java.log" >&2; exit 1; }
    "$elastic" convert "${options[@]}" "$work/model.pth" --task "$2" --input-size "$4" -o "$work/model.onnx" >"$work/convert.log"
    peer input "$4" "$work/input.npy"
    for program in onnxruntime openvino onnx2torch ncnn; do
        if ! said=$(peer "$program" "$work/model.onnx" "$work/input.npy" "$work/$program.npy" 2>&1 >/dev/null); then
            echo "FAILED  $1 $2 $4 in $program: $said" >&2
        fi
    done
    mapfile -t cells < <(peer compare "$work" openvino onnx2torch ncnn)
    printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$2" "$4" "${cells[@]}"
    if grep -q '[a-z][a-z]' <<<"${cells[*]}"; then # else they are numbers
        failed=$((failed + 1))
    fi
}

echo '| network | task | input | OpenVINO | onnx2torch | ncnn |'
echo '|---|---|---|---|---|---|'
while read -r architecture task classes size; do
    if [ $# = 0 ] || [[ " $* " == *" $architecture "* ]]; then
        row "$architecture" "$task" "$classes" "$size" </dev/null
    fi
done <<<"$networks"
[ "$failed" = 0 ] || { echo "$failed networks do not load or answer otherwise" >&2; exit 1; }
