#!/usr/bin/env bash
# The same small run of two ranks by each launcher that is here, as a user types it: './elastic train --nproc 2', 'torchrun' and 'mpirun'. All must
# print the same lines of epochs but for the times.
#
#   ci/distributed-launchers.sh          (TORCHRUN names a torchrun, of PyTorch 2 or newer; else the one on the PATH)
#
# Launchers that are missing are skipped, with a line that says so. Debian's torchrun (PyTorch 1.13) fails in its own code on Python 3.11. Takes a
# minute.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
"$elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java -Djava.awt.headless=true -cp "$classpath" "$here/distributed/Pictures.java" "$work/data"
train=("$elastic" train "$work/data" --arch resnext_tiny_elastic --input-size 32 --batch 8 --threads 1 --epochs 2)

check() { # NAME COMMAND... : runs it, and compares its epochs with the first one's
    local name=$1
    shift
    "$@" -o "$work/$name" >"$work/$name.log" 2>&1 || { cat "$work/$name.log"; echo "launchers: FAILED: $name"; exit 1; }
    grep '^epoch' "$work/$name.log" | sed 's/ *| *[0-9.]* images.*//' >"$work/$name.epochs"
    [ "$(wc -l <"$work/$name.epochs")" -eq 2 ] || { cat "$work/$name.log"; echo "launchers: FAILED: $name: not two epochs"; exit 1; }
    diff "$work/nproc.epochs" "$work/$name.epochs" || { echo "launchers: FAILED: $name differs"; exit 1; }
    ! grep -q '^\[Gloo\]' "$work/$name.log" || [ "$name" != nproc ] || { echo "launchers: FAILED: Gloo is heard"; exit 1; }
    echo "launchers: $name: ok"
}

check nproc "${train[@]}" --nproc 2
torchrun=${TORCHRUN:-$(command -v torchrun || true)}
if [ -z "$torchrun" ]; then
    echo "launchers: torchrun: skipped, it is not here (pip install torch)"
else
    check torchrun "$torchrun" --no-python --nproc-per-node 2 "${train[@]}"
fi
if command -v mpirun >/dev/null; then
    root=()
    [ "$(id -u)" -ne 0 ] || root=(--allow-run-as-root)
    check mpirun mpirun "${root[@]}" --oversubscribe -n 2 "${train[@]}"
else
    echo "launchers: mpirun: skipped, it is not here (Debian: openmpi-bin)"
fi
