#!/usr/bin/env bash
# Proves that every published network goes the whole way at full size, through the commands that users run: a file as the
# real torch.save writes it (with optimizer state, in the legacy and the zip form by turns) is recognised and converted in a
# heap of 512 MB, 'verify' finds the model to agree with the network written literally, and its raw output for the reference
# input is the published implementation's within 1e-5 of the largest logit (segmentation: at every 16th pixel, and the class
# of all but 0.1 % of the pixels).
#
# The unit tests prove the same of smaller things that need no Python and no 200 MB files; this takes about ten minutes.
#
#   ci/convert-all.sh PATH/TO/make_checkpoint.py [FILE...]
#
# make_checkpoint.py writes the files and stands in tools/ beside reference/, which holds the outputs to compare with. Needs
# a python3 with torch and numpy (Debian: python3-torch); PYTHON names another one. TMPDIR needs 1 GB. Prints per file: the
# seconds that 'convert' takes from start to exit, the largest heap in use in MB, and the largest error as a share of the
# largest logit. Exits 1 if anything fails.
set -euo pipefail

[ $# -ge 1 ] || { echo "usage: $0 PATH/TO/make_checkpoint.py [FILE...]" >&2; exit 2; }
maker=$(realpath "$1")
shift
reference=$(dirname "$maker")/../reference/forward
elastic=$(dirname "$(realpath "$0")")/../elastic
python=${PYTHON:-python3}

"$python" -c 'import numpy, torch' || { echo "$python lacks torch or numpy; set PYTHON to one that has them" >&2; exit 2; }
"$elastic" --version >/dev/null # builds, so that no conversion is timed with a build in it

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints the largest error as a share of the largest logit, then whether it is small enough.
compare() {
    "$python" - "$work/output.npy" "$reference/$1" <<'PYTHON'
import os, sys
import numpy as np
output, reference = np.load(sys.argv[1])[0], sys.argv[2]
if os.path.exists(reference + '.logits64.npy'):
    expected, actual, same = np.load(reference + '.logits64.npy'), output, 1.0
else:
    expected, actual = np.load(reference + '.logits_every16.npy'), output[:, ::16, ::16]
    same = np.mean(np.load(reference + '.argmax.npy') == output.argmax(0))
assert expected.shape == actual.shape, (expected.shape, actual.shape)
error = np.abs(expected - actual).max() / np.abs(expected).max()
print('%.1e' % error, 'ok' if error <= 1e-5 and same >= 0.999 else 'FAILED')
PYTHON
}

# The largest heap that the log of the garbage collector tells of, in MB.
peak_heap() {
    grep -oE '[0-9]+M->[0-9]+M|used [0-9]+K' "$1" |
        awk '/M->/ { mb = $1 + 0 } /used/ { mb = $2 / 1024 } mb > most { most = mb } END { printf "%d", most }'
}

# Prints the row of one file; what went wrong stays in $work/log.
check() {
    local file=$1 form=$2 name input begin end
    local checkpoint=$work/$file model=$work/model.onnx
    local options=()
    name=${file%.tar}
    name=${name%.pth}
    case $name in
    deeplab_*) input=input_513 ;;
    *) input=input_224 options+=(--optimizer) ;;
    esac
    [ "$form" = legacy ] || options+=(--zip)
    "$python" "$maker" "$file" --out "$checkpoint" "${options[@]}" >"$work/log" 2>&1 || return 1
    begin=$(date +%s%N)
    JAVA_OPTS="-Xmx512m -Xlog:gc,gc+heap+exit:file=$work/gc.log" \
        "$elastic" convert "$checkpoint" -o "$model" >>"$work/log" 2>&1 || return 1
    end=$(date +%s%N)
    printf ' %8s' "$(((end - begin) / 10000000))" | sed -E 's/(..)$/.\1/'
    printf ' %8s' "$(peak_heap "$work/gc.log")"
    "$elastic" verify "$model" "$checkpoint" --pictures 1 >>"$work/log" 2>&1 || return 1
    "$elastic" predict --tensor "$reference/$input.npy" --logits "$work/output.npy" "$model" >>"$work/log" 2>&1 || return 1
    compare "$name" >"$work/compared" 2>>"$work/log" || return 1
    read -r error verdict <"$work/compared"
    printf ' %9s  ' "$error"
    [ "$verdict" = ok ]
}

files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <("$python" "$maker" --list)
failures=0
form=legacy
printf '%-58s %-6s %8s %8s %9s\n' file form seconds 'heap MB' error
for file in "${files[@]}"; do
    printf '%-58s %-6s' "$file" "$form"
    if check "$file" "$form"; then
        echo ok
    else
        echo "  FAILED: $(tail -n 1 "$work/log")"
        failures=$((failures + 1))
    fi
    rm -rf "${work:?}"/*
    [ $form = legacy ] && form=zip || form=legacy
done
echo "${#files[@]} files, $failures failed"
[ $failures -eq 0 ]
