#!/usr/bin/env bash
# A network and all who use it see photos alike. Draws photos in all eight EXIF orientations whose class only the upright view
# tells, trains a small network on them with 'elastic train', and asks its model about every one of the training photos: in
# training itself (whose validation photos are the same), with 'evaluate', 'predict' and 'serve', and in an application's
# FrameStream. Prints a table of wrong answers by orientation, first for a network that learns upright (the default), then for one
# that learns from photos as they are stored (--exif ignore). Exits 1 if two disagree about a photo, or about the error.
#
#   ci/exif-views.sh [ELASTIC]     (default: ./elastic of this checkout)
#
# JAVA_HOME or the PATH says which Java; curl asks the server. Takes a few minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=${1:-$here/../elastic}
"$elastic" --version >/dev/null # builds
classpath=$here/../train/target/elasticvision-train.jar:$(cat "$here/../train/target/classpath.txt")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
count=8 # of each class and orientation

work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

fail() {
    echo "exif-views: $*" >&2
    exit 1
}

data=$work/data
"$java" "$here/exif_views/PhonePhotos.java" "$data/train" $count
cp -r "$data/train" "$data/val"
for orientation in 1 2 3 4 5 6 7 8; do
    for class in up down; do
        mkdir -p "$work/by/$orientation/$class"
        cp "$data/train/$class/$orientation"-*.jpg "$work/by/$orientation/$class"
    done
done

# Lines of 'ORIENTATION-NUMBER.jpg CLASS ANSWER' from lines of 'PATH ANSWER'.
named() {
    sed -E 's#^.*/(up|down)/([^/ ]+) (.*)$#\2 \1 \3#' | sort
}

# How many answers in a file are wrong, of one orientation or of all.
wrong() { # FILE [ORIENTATION]
    awk -v of="${2:-}" '(of == "" || index($1, of "-") == 1) && $2 != $3 { n++ } END { print n + 0 }' "$1"
}

predicted() { # MODEL
    "$elastic" predict --json --top 1 "$1" "$data/train" |
        sed -E 's/^\{"(file|image)":"([^"]*)".*"name":"([^"]*)".*$/\2 \3/' | named
}

served() { # MODEL
    "$elastic" serve --port 0 "$1" >"$work/serve.out" 2>"$work/serve.err" &
    server=$!
    local address=
    for _ in $(seq 600); do
        address=$(sed -n 's#^Serving at \(http://[^ ]*\)/ .*#\1#p' "$work/serve.out")
        [ -z "$address" ] || break
        kill -0 "$server" 2>/dev/null || fail "serve did not start: $(cat "$work/serve.err")"
        sleep 0.1
    done
    local name photo
    name=$(sed -n '1s/:.*//p' "$work/serve.out")
    for photo in "$data"/train/*/*.jpg; do
        printf '%s %s\n' "$photo" "$(curl -s --data-binary "@$photo" "$address/v1/models/$name:predict?top=1" |
            sed -E 's/^.*"name":"([^"]*)".*$/\1/')"
    done | named
    kill "$server"
    wait "$server" || true
    server=
}

streamed() { # MODEL
    "$java" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" "$here/exif_views/StreamedPhotos.java" \
        "$1" "$data/train" | named
}

errors() { # MODEL FOLDER PHOTOS: how many of them 'evaluate' finds wrong
    "$elastic" evaluate --json "$1" "$2" | sed -E 's/^.*"err1":([0-9.]+).*$/\1/' |
        awk -v n="$3" '{ printf "%.0f", $1 * n / 100 }'
}

table() { # VIEW
    local run=$work/$1 model=$work/$1/model.onnx total=$((16 * count)) view=$1 error
    echo
    echo "== --exif $view"
    "$elastic" train "$data" --arch resnext_tiny_elastic --input-size 32 --epochs 12 --batch 16 --lr 0.05 \
        --crop-area 0.7 --exif "$view" -o "$run" >"$work/train.out" 2>"$work/train.err" ||
        fail "train: $(tail -n 3 "$work/train.err")"
    grep -m1 'turned by EXIF' "$work/train.out"
    error=$(sed -n -E 's/^.*the best network, ([0-9.]+) % error.*$/\1/p' "$work/train.out" |
        awk -v n=$total '{ printf "%.0f", $1 * n / 100 }')
    predicted "$model" >"$work/predict"
    served "$model" >"$work/serve"
    streamed "$model" >"$work/stream"
    for other in serve stream; do
        [ "$(wc -l <"$work/$other")" -eq $total ] || fail "$other answered $(wc -l <"$work/$other") of $total photos"
        cmp -s "$work/predict" "$work/$other" || {
            diff "$work/predict" "$work/$other" | head -n 5 >&2
            fail "predict and $other disagree"
        }
    done
    printf '%-12s %8s %8s %9s %8s %8s %12s\n' orientation photos train evaluate predict serve FrameStream
    local orientation measured
    for orientation in 1 2 3 4 5 6 7 8; do
        measured=$(errors "$model" "$work/by/$orientation" $((2 * count)))
        [ "$measured" = "$(wrong "$work/predict" $orientation)" ] ||
            fail "orientation $orientation: evaluate finds $measured wrong, predict $(wrong "$work/predict" $orientation)"
        printf '%-12s %8d %8s %9d %8d %8d %12d\n' $orientation $((2 * count)) '' "$measured" \
            "$(wrong "$work/predict" $orientation)" "$(wrong "$work/serve" $orientation)" \
            "$(wrong "$work/stream" $orientation)"
    done
    measured=$(errors "$model" "$data" $total)
    printf '%-12s %8d %8d %9d %8d %8d %12d\n' all $total "$error" "$measured" "$(wrong "$work/predict")" \
        "$(wrong "$work/serve")" "$(wrong "$work/stream")"
    [ "$error" = "$measured" ] && [ "$error" = "$(wrong "$work/predict")" ] || fail "the errors are not equal"
}

echo "wrong answers about the $((16 * count)) photos that the network was trained on"
table apply
table ignore
