#!/usr/bin/env bash
# Builds the zip files of ci/distribution.sh and checks them: sizes and contents of all; those for this processor are unpacked and
# run as a person would. Prints a line per check, exits 1 at the first that fails. With --built it takes the zip files that are there.
# Takes a minute.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for tool in unzip readelf; do
    command -v "$tool" >/dev/null || { echo "distribution: $tool is missing; install it (Debian: unzip, binutils)" >&2; exit 2; }
done
[ "${1:-}" = --built ] || "$home/ci/distribution.sh"
zips=$home/ci/distribution/target
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/home" "$scratch/temporary" "$scratch/a folder"
topic=distribution
said=$scratch/out
# shellcheck source=common/checks.sh
. "$home/ci/common/checks.sh"

# contents ZIP MEGABYTES MACHINE: not larger than that; the libraries are of that processor and need nothing that is not there
contents() {
    local zip=$1 most=$2 machine=$3 size folder file need names
    size=$(($(wc -c <"$zip") / 1000000))
    [ "$size" -le "$most" ] || failed "$(basename "$zip") has $size MB, more than $most"
    unzip -q "$zip" -d "$scratch/a folder"
    folder=$(unzip -Z1 "$zip")
    folder="$scratch/a folder/${folder%%/*}"
    for file in LICENSE NOTICE README.txt THIRD-PARTY.txt sbom.json licences/opencv4 share/man/man1/elastic{,-predict,-doctor}.1; do
        [ -e "$folder/$file" ] || failed "$(basename "$zip") has no $file"
    done
    [ -x "$folder/bin/elastic" ] || failed "bin/elastic of $(basename "$zip") cannot be run"
    names=$(for file in "$folder"/lib/native/*; do readelf -d "$file"; done | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
    for file in "$folder"/lib/native/*; do
        [ "$(od -An -tx1 -j18 -N1 "$file" | tr -d ' ')" = "$machine" ] || failed "$file is for another processor"
        for need in $(readelf -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
            case $need in
            libc.so.6 | libm.so.6 | libdl.so.2 | librt.so.1 | libpthread.so.0 | libstdc++.so.6 | libgcc_s.so.1 | ld-linux-*) ;;
            libva.so.2 | libva-drm.so.2 | libdrm.so.2) [ "$machine" = b7 ] || grep -qxF -- "$need" <<<"$names" || failed "$file needs $need" ;;
            *) grep -qxF -- "$need" <<<"$names" || failed "$file needs $need" ;;
            esac
        done
    done
    for need in libonnxruntime.so libonnxruntime4j_jni.so libjnijavacpp.so libopencv_videoio.so.413 libjniopencv_videoio.so libavcodec.so.62; do
        [ -f "$folder/lib/native/$need" ] || failed "$(basename "$zip") has no $need"
    done
    names=$(sed -nE 's|.*"purl" *: *"pkg:maven/[^/]+/([^@"]+)@([^?"]+).*|\1-\2|p' "$folder/sbom.json")
    for file in "$folder"/lib/*.jar; do
        file=$(basename "$file" .jar)
        grep -qxF -- "${file%-linux-x86_64}" <<<"$names" || failed "sbom.json of $(basename "$zip") does not name $file.jar"
    done
    echo "distribution: $(basename "$zip"): $size MB, $(du -sm "$folder" | cut -f 1) MB unpacked: ok"
}

# without ZIP NAME…: no jar of these
without() {
    local zip=$1 name all
    shift
    all=$(unzip -Z1 "$zip")
    for name in "$@"; do
        ! grep -q "/lib/$name" <<<"$all" || failed "$(basename "$zip") has $name"
    done
}

for zip in "$zips"/elastic-runtime-*.zip; do
    without "$zip" pytorch protobuf jackson tribuo jetty elasticvision-convert elasticvision-train onnxruntime_gpu opencv-.*linux
done
contents "$zips"/elastic-runtime-*-linux-arm64.zip 54 b7
rm -rf "$scratch/a folder"/*
[ "$(uname -m)" = x86_64 ] || exit 0
contents "$zips"/elastic-runtime-*-linux-x86_64.zip 90 3e
runtime=$(echo "$scratch/a folder"/elastic-runtime-*)
contents "$zips"/elastic-[0-9]*-linux-x86_64.zip 199 3e
full=$(echo "$scratch/a folder"/elastic-[0-9]*)
diff -r "$home/train/recipes" "$full/recipes" >&2 || failed "the full one has other recipes"
check "THIRD-PARTY.txt says what the SBOM says" 'entries fit' java -cp "$(cat "$home/train/target/classpath.txt")" \
    "$home/ci/distribution_test/Licences.java" "$runtime" "$full"

java -Djava.awt.headless=true -cp "$home/train/target/elasticvision-train.jar:$(cat "$home/train/target/classpath.txt")" \
    "$home/ci/common/UntrainedModel.java" resnext_tiny_elastic 64 "$scratch"
java -cp "$home/train/target/elasticvision-train.jar:$(cat "$home/train/target/classpath.txt")" \
    "$home/ci/common/TestClip.java" "$scratch/clip.mp4"

# Nothing is to be unpacked into the home folder or left in the temporary one.
export XDG_CACHE_HOME=$scratch/cache # for the model, optimised
export JAVA_OPTS="-Duser.home=$scratch/home -Djava.io.tmpdir=$scratch/temporary"
ln -s "$runtime/bin/elastic" "$scratch/elastic"
check "the runtime answers" ' %  class' "$scratch/elastic" predict "$scratch/model.onnx" "$scratch/photo.jpg"
cp "$scratch/out" "$scratch/first"
[ -n "$(find "$runtime/archive" -name '*.jsa')" ] || failed "the first start left no archive of the classes"
check "and so does the second start" ' %  class' "$scratch/elastic" predict "$scratch/model.onnx" "$scratch/photo.jpg"
cmp "$scratch/first" "$scratch/out" || failed "the second start answers otherwise"
check "a video is answered" 'clip.mp4 frame 2 \(0\.080 s\)' "$scratch/elastic" predict "$scratch/model.onnx" "$scratch/clip.mp4"
check "it has all that it needs" 'OpenCV +ok' "$scratch/elastic" doctor
[ -z "$(find "$scratch/home" "$scratch/temporary" -type f)" ] || failed "there are files in $(find "$scratch/home" "$scratch/temporary" -type f)"
echo "distribution: nothing is unpacked: ok"
check "a video is annotated" '' "$scratch/elastic" predict --annotate "$scratch/annotated" "$scratch/model.onnx" "$scratch/clip.mp4"
[ -s "$scratch/annotated/clip.annotated.mp4" ] || failed "there is no annotated video"

check "the full one answers alike" ' %  class' "$full/bin/elastic" predict "$scratch/model.onnx" "$scratch/photo.jpg"
[ -n "$(find "$full/archive" -name '*.jsa')" ] || failed "the first start of the full one left no archive of the classes"
export ELASTIC_ARCHIVE=off # takes seconds, and was seen above
cmp "$scratch/first" "$scratch/out" || failed "the full one answers otherwise"
check "and has LibTorch" 'LibTorch +ok' "$full/bin/elastic" doctor
check "and all commands" 'serve' "$full/bin/elastic" --help
