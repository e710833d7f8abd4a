#!/usr/bin/env bash
# What is left when things go wrong: train, convert, quantize, build-engine (with a builder that stands in for TensorRT) and serve are killed
# with SIGKILL at moments that the seed gives, every other one while a file is written; disks get full or are read-only; memory is short; the
# clock jumps; files vanish; several processes share an output, a cache, a run. After each fault every file is the old one or the new one, to
# the byte, a run ends with the checkpoint, model and figures of one that nothing disturbed, to the bit, and what is wrong is said in a line.
#
#   ci/chaos.sh [--seed N] [--kills N] [CASE…]     (default: 1, 200, all; train convert quantize build-engine serve disk memory clock files together)
#
# Runs on the CPU with one thread. Small disks need root, a jumping clock a C compiler; without them these are skipped, and it says so. The
# seed gives the same moments again; where a command is by then depends on the machine. Takes half an hour to an hour.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/..
seed=1
kills=200
while [ $# -gt 0 ]; do
    case $1 in
    --seed) seed=$2 && shift 2 ;;
    --kills) kills=$2 && shift 2 ;;
    -*) echo "ci/chaos.sh [--seed N] [--kills N] [CASE…]" >&2 && exit 2 ;;
    *) break ;;
    esac
done
# What is mounted goes with the script, however it ends.
if [ "$(id -u)" = 0 ] && [ -z "${CHAOS_APART:-}" ] && unshare --mount true 2>/dev/null; then
    exec env CHAOS_APART=yes unshare --mount --propagation private "$0" --seed "$seed" --kills "$kills" "$@"
fi

"$root/elastic" --version >/dev/null # builds
classpath=$root/train/target/elasticvision-train.jar:$(cat "$root/train/target/classpath.txt")
classpath=$classpath:$root/samples/serve/target/elasticvision-serve.jar:$(cat "$root/samples/serve/target/classpath.txt")
native=$root/runtime/target/native
work=$(mktemp -d)
finish() {
    if [ -n "${CHAOS_APART:-}" ]; then
        for disk in full engines runs caches locked; do umount "$work/$disk" 2>/dev/null || true; done
    fi
    rm -rf "$work"
}
trap finish EXIT
clock=
if command -v cc >/dev/null && cc -shared -fPIC -o "$work/clock.so" "$here/chaos/clock.c" -ldl 2>"$work/cc"; then
    clock=$work/clock.so
fi
javac -Xlint:-options -d "$work/classes" -cp "$classpath" "$here"/chaos/*.java
java -Djava.awt.headless=true -Dchaos.work="$work" -Dchaos.clock="$clock" \
    -Dchaos.java="-Donnxruntime.native.path=$native -Delasticvision.native.path=$native -Dorg.bytedeco.javacpp.platform.preloadpath=$native" \
    -cp "$work/classes:$classpath" Chaos "$seed" "$kills" "$*"
