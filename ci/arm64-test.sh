#!/usr/bin/env bash
# Runs the zip of Linux on arm64 without such a machine: its Java under qemu-user, on three processors (one with NEON alone, one with
# dot products, one with matrix products of int8). Every command of the zip, `serve` with the jars of the full zip beside, and the
# answers of all three tasks, of int8 models and of resnext50_elastic at full size beside those of x86-64. Prints a line per check,
# exits 1 at the first that fails.
#
#   ci/arm64-test.sh [--built] [FOLDER]
#
# Debian or Ubuntu on x86-64, as root: it installs qemu-user-static, and unpacks Java for arm64 into FOLDER (a temporary one; a kept one
# saves downloading 50 MB again). --built takes the zip files of ci/distribution.sh that are there. Takes some ten minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
built=
if [ "${1:-}" = --built ]; then
    built=yes
    shift
fi
work_folder=${1:-}
# shellcheck source=common/work-folder.sh
. "$here/common/work-folder.sh"
topic=arm64
said=$folder/said
# shellcheck source=common/checks.sh
. "$here/common/checks.sh"

for tool in unzip curl; do
    command -v "$tool" >/dev/null || { echo "arm64: $tool is missing; install it" >&2; exit 2; }
done
command -v qemu-aarch64-static >/dev/null || apt-get install -y --no-install-recommends qemu-user-static >/dev/null
[ -n "$built" ] || "$here/distribution.sh"

# ---- Java for arm64, from Debian's packages of that architecture, beside the system's own
root=$folder/root
jdk=$root/usr/lib/jvm/java-17-openjdk-arm64
if [ ! -x "$jdk/bin/java" ] || [ ! -e "$root/usr/lib/aarch64-linux-gnu/libva.so.2" ]; then
    mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$root/proc"
    (
        cd "$folder"
        apt=(-oAPT::Architecture=arm64 -oAPT::Architectures=arm64 -oDir::State::Lists="$folder/lists" -oDir::Cache="$folder"
            -oAPT::Sandbox::User=root)
        apt-get "${apt[@]}" update >/dev/null
        apt-get "${apt[@]}" download openjdk-17-jre-headless libc6 libc-bin zlib1g libstdc++6 libgcc-s1 libgomp1 \
            libjpeg62-turbo liblcms2-2 libfontconfig1 libfreetype6 libharfbuzz0b libva2 libva-drm2 libdrm2 >/dev/null
        for package in *_arm64.deb *_all.deb; do
            if [ -f "$package" ]; then dpkg -x "$package" root; fi
        done
    )
fi
# The kernel cannot start a program of another processor by itself (binfmt_misc does it where that is set up). So the two programs
# that are started from outside, and by Java for its child processes, become scripts.
for program in bin/java lib/jspawnhelper; do
    [ -f "$jdk/$program-arm64" ] || mv "$jdk/$program" "$jdk/$program-arm64"
    # shellcheck disable=SC2016  # the script written expands it
    printf '#!/bin/sh\nexec qemu-aarch64-static -cpu "${ARM_CPU:-cortex-a72}" -L %s %s "$@"\n' \
        "'$root'" "'$jdk/$program-arm64'" >"$jdk/$program"
    chmod +x "$jdk/$program"
done

# processor NAME FEATURE…: what qemu is, and what Linux would say of it. Without an ARM file in that place ONNX Runtime reads the
# host's, and crashes while it loads.
processor() {
    export ARM_CPU=$1
    shift
    for core in 0 1; do
        printf 'processor\t: %d\nBogoMIPS\t: 108.00\nFeatures\t: %s\n' $core "$*"
        printf 'CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\n'
    done >"$root/proc/cpuinfo"
}
neon=(fp asimd evtstrm crc32 cpuid)
dot=("${neon[@]}" atomics fphp asimdhp asimddp)
matrix=("${dot[@]}" i8mm bf16)

# ---- both zips, unpacked, and models
rm -rf "$folder/zip" "$folder/run"
mkdir -p "$folder/zip/x86" "$folder/zip/arm" "$folder/run"
unzip -q "$here"/distribution/target/elastic-runtime-*-linux-arm64.zip -d "$folder/zip/arm"
unzip -q "$here"/distribution/target/elastic-[0-9]*-linux-x86_64.zip -d "$folder/zip/x86"
arm=$(echo "$folder/zip/arm"/elastic-*)
x86=$(echo "$folder/zip/x86"/elastic-*)
export ELASTIC_ARCHIVE=off XDG_CACHE_HOME=$folder/run/cache
run=$folder/run
java_x86=(java -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp
    "$run/classes:$here/../train/target/elasticvision-train.jar:$(cat "$here/../train/target/classpath.txt")")
javac -d "$run/classes" -cp "${java_x86[-1]}" "$here"/arm64_test/*.java "$here/common/UntrainedModel.java"
"${java_x86[@]}" Models "$run"
photo=$run/data/3/photo.jpg
for task in classification multi_label segmentation resnext50_elastic; do
    "$x86/bin/elastic" quantize --weights seven-bits "$run/$task.onnx" "$photo" -o "$run/$task.int8.onnx" >/dev/null 2>&1 || failed "quantize $task"
done

elastic() {
    JAVA_HOME=$jdk "$arm/bin/elastic" "$@"
}

# answers MODEL SIZE MOST [OPTION…]: the network's output is that of x86-64 but for rounding, at most that share away (Distance.java)
answers() {
    local model=$1 size=$2 most=$3 distance
    shift 3
    if [ ! -f "$run/$model.x86.npy" ]; then
        "$x86/bin/elastic" predict --provider cpu "$run/$model.onnx" --tensor "$run/input-$size.npy" --logits "$run/$model.x86.npy" \
            >/dev/null || failed "$model on x86-64"
    fi
    elastic predict --no-cache "$@" "$run/$model.onnx" --tensor "$run/input-$size.npy" --logits "$run/$model.arm.npy" >"$said" 2>&1 ||
        { cat "$said"; failed "$model on $ARM_CPU"; }
    distance=$("${java_x86[@]}" Distance "$run/$model.x86.npy" "$run/$model.arm.npy" "$most") ||
        failed "$model on $ARM_CPU is $distance away, more than $most"
    echo "arm64: $model${1:+ $*} on $ARM_CPU: $distance away (at most $most): ok"
}

# x86-64 without VNNI adds pairs of products in 16 bits, which overflow with weights of eight bits (docs/quantize.md); of seven they cannot.
# What is left is a value halfway between two steps, which one kernel rounds up and another down: two engines on x86-64 differ more.
for chip in neon dot matrix; do
    case $chip in
    neon) processor cortex-a72 "${neon[@]}" ;;
    dot) processor neoverse-n1 "${dot[@]}" ;;
    matrix) processor max "${matrix[@]}" ;;
    esac
    for model in classification multi_label segmentation; do
        answers $model 64 1e-5
        answers $model.int8 64 0.03
    done
done
processor cortex-a72 "${neon[@]}"
answers resnext50_elastic 224 1e-5
answers resnext50_elastic.int8 224 0.03

# ---- every command of the zip; commands COMMAND… are those that are tried below
commands=(predict evaluate benchmark explain inspect doctor provider completion help)
listed=$(elastic --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\)  .*/\1/p' | sort)
[ "$listed" = "$(printf '%s\n' "${commands[@]}" | sort)" ] || failed "the zip has other commands than are tried here: $listed"
check "predict on a photo" '"index"' elastic predict --json "$run/classification.onnx" "$photo"
"$x86/bin/elastic" predict --provider cpu --json "$run/classification.onnx" "$photo" >"$run/x86.json"
probabilities() {
    grep -oE '"(index|probability)":[0-9.]{1,7}' "$1"
}
[ "$(probabilities "$said")" = "$(probabilities "$run/x86.json")" ] || failed "the photo is seen otherwise: $(cat "$said")"
echo "arm64: and as on x86-64, to five digits: ok"
"${java_x86[@]}" "$here/common/TestClip.java" "$run/clip.mp4"
check "predict on a video" '"frame":2,' elastic predict --top 1 --json --annotate "$run/annotated" "$run/classification.onnx" "$run/clip.mp4"
"$x86/bin/elastic" predict --provider cpu --top 1 --json "$run/classification.onnx" "$run/clip.mp4" >"$run/x86.json"
[ "$(probabilities "$said")" = "$(probabilities "$run/x86.json")" ] || failed "the video is seen otherwise: $(cat "$said")"
[ -s "$run/annotated/clip.annotated.mp4" ] || failed "there is no annotated video"
echo "arm64: and as on x86-64, to five digits: ok"
check "predict draws a segmentation" 'photo' elastic predict --overlay "$run/overlay" "$run/segmentation.onnx" "$photo"
"$x86/bin/elastic" predict --provider cpu --overlay "$run/overlay.x86" "$run/segmentation.onnx" "$photo" >/dev/null
cmp "$run/overlay/photo.png" "$run/overlay.x86/photo.png" || failed "its classes are others than on x86-64"
echo "arm64: and its classes are those of x86-64: ok"
check "evaluate" 'Err@1' elastic evaluate "$run/classification.onnx" "$run/data"
check "benchmark" 'images/s' elastic benchmark --duration 3s --warmup 1s "$run/classification.int8.onnx"
check "explain" 'wrote|Wrote|report' elastic explain "$run/classification.onnx" "$photo" -o "$run/explained"
check "inspect" ' layers ' elastic inspect --layers "$run/classification.int8.onnx"
check "provider" 'openvino|no plug-in|none' elastic provider list
check "completion" 'complete' elastic completion
check "help" 'Usage' elastic help predict
check "doctor" 'ONNX Runtime +ok' elastic doctor
grep -qE 'System +ok .*aarch64' "$said" || failed "doctor does not say which processor"
mv "$jdk/lib/jspawnhelper" "$run/jspawnhelper"
set +e
elastic doctor >"$said" 2>&1
set -e
mv "$run/jspawnhelper" "$jdk/lib/jspawnhelper"
grep -q 'not checked, as Java cannot start a process here' "$said" || { cat "$said"; failed "doctor blames something else"; }
echo "arm64: doctor where Java cannot start a process: says so: ok"

# ---- serve is in the full zip, which is for x86-64; its own jars have no native code
cp "$x86"/lib/{elasticvision-serve,jetty,prometheus,slf4j}*.jar "$arm/lib"
JAVA_HOME=$jdk "$arm/bin/elastic" serve --port 0 "$run/classification.onnx" >"$run/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; [ -n "$work_folder" ] || rm -rf "$folder"' EXIT
address=
for _ in $(seq 300); do
    address=$(grep -oE 'http://[0-9a-z.:]+' "$run/serve.log" | head -n 1 || true)
    [ -z "$address" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 1
done
[ -n "$address" ] || { cat "$run/serve.log"; failed "serve does not start"; }
check "serve is ready" '' curl -fsS --retry 5 --retry-connrefused "$address/v2/health/ready"
check "serve answers" '"probability"' curl -fsS --data-binary @"$photo" "$address/v1/models/classification:predict"
kill -TERM "$server"
wait "$server" || true
echo "arm64: serve ends: ok"

# ---- oneDNN's library for arm64 is not in the zip: --provider auto never takes it there
version=$(basename "$x86"/lib/dnnl-*.jar .jar)
if mvn --batch-mode --quiet dependency:copy -Dartifact="org.bytedeco:dnnl:${version#dnnl-}:jar:linux-arm64" -DoutputDirectory="$arm/lib"; then
    if elastic predict --provider onednn "$run/classification.onnx" --tensor "$run/input-64.npy" --logits "$run/onednn.npy" >"$said" 2>&1; then
        distance=$("${java_x86[@]}" Distance "$run/classification.x86.npy" "$run/onednn.npy" 1e-5) || failed "oneDNN is $distance away"
        echo "arm64: oneDNN: $distance away: ok"
    else
        echo "arm64: oneDNN: does not run: $(head -n 1 "$said")"
    fi
fi
