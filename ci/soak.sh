#!/usr/bin/env bash
# Whether processes keep their size over long work, of five kinds, one after the other:
#
#   serve    elastic serve --watch, with good and bad pictures, explanations, clients that go, and a model replaced every few seconds, also by a broken file
#   frames   1,000,000 frames that streams answer: every one, the newest one, of a video file, until it is stopped; some are cut off
#   models   100,000 models that are opened, asked and closed, in both engines for processors, and files that are cut off
#   steps    20,000 steps of a training run, with validation, figures and a checkpoint after every fifty
#   batcher  batchers with options by chance, asked with deadlines by chance, and cancelled
#
# The first quarter of each warms up. After every quarter the work rests, garbage is collected, and the resident memory, the threads, the file
# descriptors, the direct buffers and what JavaCPP has allocated are printed. Fails where from the first quarter to the end memory grows by more than
# 32 MB (serve: 64), or another by more than ci/soak allows. Before, each kind runs for a short time with a leak that is put in on purpose, which must be found.
#
#   ci/soak.sh [MINUTES [WORKLOAD...]]     (default: 60, shared by all five; each ends at its count or at its share of the time and says which)
#   LEAK=1 ci/soak.sh …                    with the leaks, so that it fails; without the short runs before
#
# Needs Linux, whose /proc says what a process holds. The short runs take one to two minutes more.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
topic=soak
said=$work/said
# shellcheck source=ci/common/checks.sh
. "$here/common/checks.sh"
# shellcheck source=ci/common/training-environment.sh
. "$here/common/training-environment.sh"

minutes=${1:-60}
shift || true
workloads=("$@")
[ "$#" -gt 0 ] || workloads=(serve frames models steps batcher)
seconds=$(awk -v minutes="$minutes" -v count="${#workloads[@]}" 'BEGIN { print 60 * minutes / count }')

"$root/elastic" --version >/dev/null # builds
classpath=$root/train/target/classes:$(cat "$root/train/target/classpath.txt")
classpath=$classpath:$root/samples/serve/target/classes:$(cat "$root/samples/serve/target/classpath.txt")
javac -d "$work/classes" -cp "$classpath" "$here"/soak/*.java "$here/common/UntrainedModel.java" "$here/serve_attack/Raw.java"
grep -m1 'model name' /proc/cpuinfo || true

soak() { # WORKLOAD UNITS SECONDS LEAK TABLE
    local folder=$work/$1 environment=(env MALLOC_ARENA_MAX=1)
    rm -rf "$folder"
    mkdir "$folder"
    [ "$1" != steps ] || environment=("${training[@]}")
    # The heap is resident from the start, so that what grows is not Java's; one arena, as threads' own keep what was freed in them.
    XDG_CACHE_HOME=$folder/cache "${environment[@]}" java -Xms192m -Xmx192m -XX:+AlwaysPreTouch -XX:+UseSerialGC -Djava.awt.headless=true \
        -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Donnxruntime.native.path="$root/runtime/target/native" \
        -Delasticvision.native.path="$root/runtime/target/native" -Dorg.bytedeco.javacpp.platform.preloadpath="$root/runtime/target/native" \
        -cp "$work/classes:$classpath" Soak "$1" "$2" "$3" "$4" "$folder" "$5"
}

finds() { # WORKLOAD UNITS SECONDS NAME: a leak of it
    if soak "$1" "$2" "$3" true "$work/leaks" >"$said" 2>&1; then
        failed "$1: a leak is not found: $(tail -n 8 "$said")"
    fi
    grep -q "^$1 grows: .*$4" "$said" || failed "$1: not the leak of $4 was found: $(tail -n 8 "$said")"
    echo "$topic: $1: a leak put in on purpose is found ($(sed -n 's/^.* grows: //p' "$said")): ok"
}

goals=()
for workload in "${workloads[@]}"; do
    case $workload in
    serve) goal=100000000 leak=(100000 16 descriptors) ;;
    frames) goal=1000000 leak=(40000 60 direct) ;;
    models) goal=100000 leak=(6000 90 resident) ;;
    steps) goal=20000 leak=(200 120 tracked) ;;
    batcher) goal=100000000 leak=(200000 12 threads) ;;
    *) failed "no workload '$workload'; there are serve, frames, models, steps and batcher" ;;
    esac
    goals+=("$goal")
    [ -n "${LEAK:-}" ] || finds "$workload" "${leak[@]}"
done

code=0
for i in "${!workloads[@]}"; do
    soak "${workloads[$i]}" "${goals[$i]}" "$seconds" "$([ -n "${LEAK:-}" ] && echo true || echo false)" "$work/table" || code=1
done
echo "$topic: after the first quarter, and at the end:"
cat "$work/table"
[ "$code" -eq 0 ] || failed "something grows"
echo "$topic: ok"
