#!/usr/bin/env bash
# Converts checkpoints in all the forms that people have, as the real writers write them, and compares with the plain state
# dict of the same weights: the models are the same byte for byte, all their weights included (only the metadata, which names
# the checkpoint's SHA-256, may differ). What cannot be read is refused in one line with the true reason, and what was made to do harm does
# none.
#
#   ci/checkpoint-forms.sh [FORM...]
#
# The forms are in ci/checkpoint_forms/forms.py. They are written by python3 (Debian's python3-torch has PyTorch 1.13; PYTHON
# names another) and by the newest PyTorch with timm, Lightning, safetensors, accelerate and OmegaConf, which are installed
# from PyPI into a temporary folder (6 GB). NEWEST names a python3 that has them, or is 'none'. Takes about ten minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
python=${PYTHON:-/usr/bin/python3}
"$elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TENSORS=$work/tensors.txt SENTINEL=$work/harm CUDA_VISIBLE_DEVICES= PYTHONDONTWRITEBYTECODE=1
javac -d "$work/classes" -cp "$classpath" "$here/checkpoint_forms/TensorList.java"
java -cp "$work/classes:$classpath" TensorList >"$TENSORS"

newest=${NEWEST:-}
if [ -z "$newest" ]; then
    newest=$work/venv/bin/python3
    if ! { "$python" -m venv "$work/venv" && "$work/venv/bin/pip" install -q --no-input --no-cache-dir \
        torch numpy timm lightning safetensors accelerate omegaconf; } >"$work/pip.log" 2>&1; then
        echo "the newest PyTorch could not be installed: $(tail -n 1 "$work/pip.log")"
        newest=none
    fi
fi

failed=0
fail() {
    failed=$((failed + 1))
    echo "FAILED  $*"
}

# check NAME EXPECTED ARGUMENTS: converts $work/NAME.pth
check() {
    local name=$1 expected=$2 file=$work/$1.pth model=$work/$1.onnx said
    local -a arguments
    read -ra arguments <<<"$3"
    if said=$("$elastic" convert "$file" --arch dla60x_elastic -o "$model" "${arguments[@]}" 2>&1); then
        if [ "$expected" != same ]; then
            fail "$name was converted, but should be refused: $expected"
        elif [ "$("$python" "$here/checkpoint_forms/graph_of.py" "$model")" != "$plain" ]; then
            fail "$name gave another model than the plain file"
        else
            echo "same    $name"
        fi
    elif [ "$expected" = same ]; then
        fail "$name: $said"
    elif [[ $said != *"$expected"* || $said == *$'\n'* ]]; then
        fail "$name was refused with: $said; expected: $expected"
    elif [ -e "$model" ]; then
        fail "$name was refused, but left a file"
    else
        echo "refused $name: ${said##*"$name.pth: "}"
    fi
    if [ -e "$SENTINEL" ]; then
        fail "$name did what it was made to do"
        rm -f "$SENTINEL"
    fi
}

forms() {
    local writer=$1 name expected arguments
    shift
    "$writer" -c 'import sys, torch; print(f"--- PyTorch {torch.__version__}, Python {sys.version.split()[0]}")'
    (cd "$here/checkpoint_forms" && "$writer" -W ignore forms.py plain "$work/plain.pth")
    "$elastic" convert "$work/plain.pth" --arch dla60x_elastic -o "$work/plain.onnx" >/dev/null
    plain=$("$python" "$here/checkpoint_forms/graph_of.py" "$work/plain.onnx")
    while IFS=$'\t' read -r name expected arguments; do
        if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then
            continue
        fi
        rm -rf "$work"/*.pth "$work"/*.pth.d "$work"/*.onnx
        if (cd "$here/checkpoint_forms" && "$writer" -W ignore forms.py "$name" "$work/$name.pth") >"$work/log" 2>&1; then
            check "$name" "$expected" "$arguments"
        else
            # Not every version of PyTorch writes every form.
            echo "-       $name: not written, $(tail -n 1 "$work/log")"
        fi
    done < <(cd "$here/checkpoint_forms" && "$writer" -W ignore forms.py --list)
}

forms "$python" "$@"
if [ "$newest" != none ]; then
    forms "$newest" "$@"
fi
if [ "$failed" -gt 0 ]; then
    echo "$failed forms failed"
    exit 1
fi
echo "all as expected"
