#!/usr/bin/env bash
# Two "machines" on this one: two network namespaces with a veth pair, one rank each, which find each other by MASTER_ADDR. First a run to its end;
# then one whose link is cut on the way: both ranks must end within a minute, with a line that names the other.
#
#   ci/distributed-namespaces.sh          (as root; needs ip, of iproute2)
#
# Prints a line for each check, and exits 1 at the first that fails. Takes two minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
[ "$(id -u)" -eq 0 ] || { echo "namespaces: run it as root: it makes network namespaces" >&2; exit 1; }
command -v ip >/dev/null || { echo "namespaces: ip is missing; install iproute2" >&2; exit 1; }
"$elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")

work=$(mktemp -d)
first=elastic-$$-a
second=elastic-$$-b
ranks=()
end() {
    for rank in "${ranks[@]}"; do kill -9 "$rank" 2>/dev/null || true; done
    ip netns del "$first" 2>/dev/null || true
    ip netns del "$second" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
ip netns add "$first"
ip netns add "$second"
ip link add "ev$$a" type veth peer name "ev$$b"
ip link set "ev$$a" netns "$first"
ip link set "ev$$b" netns "$second"
ip -n "$first" addr add 10.213.77.1/24 dev "ev$$a"
ip -n "$second" addr add 10.213.77.2/24 dev "ev$$b"
for one in "$first lo" "$first ev$$a" "$second lo" "$second ev$$b"; do
    read -r namespace device <<<"$one"
    ip -n "$namespace" link set "$device" up
done
java -Djava.awt.headless=true -cp "$classpath" "$here/distributed/Pictures.java" "$work/data"

start() { # NAME EPOCHS
    ranks=()
    for rank in 0 1; do
        namespace=$([ "$rank" -eq 0 ] && echo "$first" || echo "$second")
        RANK=$rank WORLD_SIZE=2 MASTER_ADDR=10.213.77.1 MASTER_PORT=29500 ip netns exec "$namespace" "$elastic" train \
            "$work/data" --arch resnext_tiny_elastic --input-size 32 --batch 8 --threads 1 --epochs "$2" \
            --save-every 5steps -o "$work/$1" >"$work/$1.$rank" 2>&1 &
        ranks+=($!)
    done
}
fail() {
    echo "namespaces: FAILED: $1"
    tail -n 20 "$work"/*.[01]
    exit 1
}
await() { # NAME EXPECTED SECONDS
    local code rank end=$((SECONDS + $3))
    for rank in 0 1; do
        while kill -0 "${ranks[rank]}" 2>/dev/null; do
            [ "$SECONDS" -lt "$end" ] || fail "$1: rank $rank has not ended after $3 s"
            sleep 0.2
        done
        code=0
        wait "${ranks[rank]}" || code=$?
        [ "$code" -eq "$2" ] || fail "$1: rank $rank ended with $code, not $2"
    done
}

start whole 2
await whole 0 180
[ "$(grep -c '^epoch 2/2' "$work/whole.0")" -eq 1 ] && [ -f "$work/whole/model.onnx" ] || fail "whole: no model"
echo "namespaces: two machines train one network: ok"

start cut 100000
for _ in $(seq 600); do
    [ ! -f "$work/cut/checkpoint.pth.tar" ] || break
    sleep 0.2
done
[ -f "$work/cut/checkpoint.pth.tar" ] || fail "cut: no checkpoint"
ip -n "$second" link set "ev$$b" down
since=$SECONDS
await cut 75 60
grep -q '^elastic: rank 1 does not answer any more.*--resume' "$work/cut.0" || fail "cut: rank 0 does not name rank 1"
grep -q '^elastic: rank 0 does not answer any more.*--resume' "$work/cut.1" || fail "cut: rank 1 does not name rank 0"
echo "namespaces: a link that is cut ends both ranks, which say so, after $((SECONDS - since)) s: ok"
