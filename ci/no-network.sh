#!/usr/bin/env bash
# That nothing is told to anybody: every command runs in a network namespace of its own that has the loopback alone and no route, and each call
# to the network is written down (strace). Fails where a command wants to reach any address but the loopback's, asks for a name, or does
# not work without a network. Prints a line per command.
#
#   ci/no-network.sh
#
# Linux, as root or where users may make namespaces; Debian's strace, iproute2 and curl, which it installs as root. Takes some minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" != --inside ]; then
    for tool in strace ip curl; do
        command -v "$tool" >/dev/null || apt-get install -y --no-install-recommends strace iproute2 curl >/dev/null
    done
    "$here/../elastic" --version >/dev/null # builds
    unshare --map-root-user --net "$0" --inside
    exit
fi

ip link set lo up
topic=no-network
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
said=$work/said
# shellcheck source=common/checks.sh
. "$here/common/checks.sh"
[ -z "$(ip route)" ] || failed "there is a route: $(ip route)"
# Each must be seen; or the lines below say nothing.
strace -f -qq --seccomp-bpf -e trace=%network -o "$work/calls" curl -s --max-time 2 http://192.0.2.1/ || true
grep -q 'sin_addr=inet_addr("192.0.2.1")' "$work/calls" || failed "a call to the network is not seen by strace"

# quiet NAME: what the command of that name asked of the network so far was the loopback's
quiet() {
    local others all
    all=$(grep -cE 'sa_family=AF_INET6?,' "$work/calls" || true)
    others=$(grep -E 'sa_family=AF_INET6?,' "$work/calls" |
        grep -vE 'inet_addr\("(127\.[0-9.]+|0\.0\.0\.0)"\)|"::1"|"::ffff:127\.[0-9.]+"|inet_pton\(AF_INET6, "::"' || true)
    if [ -n "$others" ]; then
        head -n 5 <<<"$others"
        failed "$1 reaches out"
    fi
    echo "$topic: $1: $all calls with an address, none of them another machine's: ok"
    last=$all
}

# elastic NAME ARGUMENT…: runs a command under strace
elastic() {
    strace -f -qq --seccomp-bpf -e trace=%network -o "$work/calls" "$here/../elastic" "$@" >"$said" 2>&1 || {
        tail -n 20 "$said"
        failed "$1 does not work without a network"
    }
    quiet "$1"
}

classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext_tiny_elastic 64 "$work"
for class in one two; do
    mkdir -p "$work/photos/$class"
    for i in 1 2 3 4 5 6 7 8; do
        cp "$work/photo.jpg" "$work/photos/$class/$i.jpg"
    done
done
mv "$work/model.onnx" "$work/tiny.onnx"
model=$work/tiny.onnx
photo=$work/photo.jpg
elastic doctor
elastic check "$work/photos"
elastic train "$work/photos" --arch resnext_tiny_elastic --input-size 64 --batch 4 --epochs 1 --val-split 0.25 -o "$work/run"
elastic convert "$work/run/checkpoint.pth.tar" -o "$work/own.onnx"
elastic inspect "$model"
elastic predict --provider cpu "$model" "$photo"
elastic predict --provider onednn "$model" "$photo"
elastic explain -o "$work/explained" --report "$work/explained.html" "$model" "$photo"
elastic quantize -o "$work/int8.onnx" "$model" "$work/photos"
elastic verify --data "$photo" --tolerance 1 "$model" "$work/int8.onnx"
elastic evaluate "$work/own.onnx" "$work/photos" --report "$work/report.html"
elastic benchmark --duration 2s --images "$work/photos" "$model"
elastic compare --duration 1s --images "$work/photos" "$model" "$work/int8.onnx"

env -u ORT_DISABLE_TELEMETRY -u CI HOME="$work" strace -f -qq --seccomp-bpf -e trace=%network -o "$work/calls" \
    java -cp "$classpath" org.elasticvision.runtime.cli.Elastic benchmark --provider cpu --duration 15s --images "$work/photos" "$model" \
    >"$said" 2>&1 || { cat "$said"; failed "Java alone does not work"; }
quiet "java without the launcher"

strace -f -qq --seccomp-bpf -e trace=%network -o "$work/calls" "$here/../elastic" serve --port 0 "$model" >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 600); do
    grep -q Serving "$work/out" && break
    sleep 0.1
done
address=$(sed -n 's|^Serving at http://\(.*\)/ until.*|\1|p' "$work/out")
[ -n "$address" ] || { cat "$work/err"; failed "serve does not start"; }
curl -fsS --data-binary "@$photo" "http://$address/v1/models/tiny:predict" >"$said" || failed "serve does not answer"
kill "$(ps -o pid= --ppid "$server" | tr -d " ")" # strace ends with what it watches
wait "$server" || true
server=
quiet serve
[ "$last" -gt 0 ] || failed "calls of Java are not seen by strace: serve listened"
