#!/usr/bin/env bash
# elastic serve as bad clients meet it, on the loopback of this machine alone, with a heap of 512 MB: odd paths and methods, floods of headers, 500
# clients that send a byte a second, bodies without end, 10,000 connections that are kept alive, more connections than there may be, three times as
# many pictures as can be answered, clients that go while they wait, processes of --isolate that are killed, and SIGTERM while it answers. Prints a
# line per check, with what was measured, and exits 1 at the first that fails. The clients are those of ci/serve_attack, bounded in number and time.
#
#   ci/serve-attack.sh
#
# Needs a limit of 10,600 open files for each process (ulimit -n). Takes two to three minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/..
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
topic=serve-attack
said=$work/said
# shellcheck source=ci/common/checks.sh
. "$here/common/checks.sh"

needed=10600
ulimit -Sn "$(ulimit -Hn)" 2>/dev/null || true
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge "$needed" ] ||
    failed "only $(ulimit -n) files may be open; raise the limit (ulimit -n) to $needed"

"$root/elastic" --version >/dev/null # builds
classpath=$root/train/target/classes:$(cat "$root/train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext_tiny_elastic 224 "$work"
mv "$work/model.onnx" "$work/tiny.onnx"
javac -d "$work/classes" "$here"/serve_attack/*.java
grep -m1 'model name' /proc/cpuinfo || true

start() { # OPTION…: a server, its process and port
    JAVA_OPTS=-Xmx512m "$root/elastic" serve --port 0 "$@" "$work/tiny.onnx" >"$work/out" 2>"$work/err" &
    server=$!
    for _ in $(seq 300); do
        grep -q Serving "$work/out" && break
        kill -0 "$server" 2>/dev/null || failed "the server does not start: $(cat "$work/err")"
        sleep 0.1
    done
    port=$(sed -n 's|^Serving at http://localhost:\([0-9]*\)/ until.*|\1|p' "$work/out")
    for _ in $(seq 200); do # the JIT compiler
        curl -fs -o /dev/null --data-binary @"$work/photo.jpg" "http://localhost:$port/v1/models/tiny:predict"
    done
}
attack() { java -Xmx512m -cp "$work/classes" ServeAttack "$port" "$server" tiny "$work/photo.jpg" "$@"; }
stop() {
    local code=0
    kill "$server" 2>/dev/null || true
    wait "$server" || code=$?
    server=
    [ "$code" -eq 143 ] || failed "the server ended with exit code $code instead of 143: $(cat "$work/err")"
}

start
attack paths methods headers leaving overload slow endless idle
stop
if grep -E 'internal error|Exception|Error' "$work/err"; then failed "the server printed this"; fi

start --max-connections 50
attack 50
stop

start --isolate --max-concurrent 2 --max-wait 10s
attack isolated
children=$(cat "/proc/$server/task/"*/children)
[ -n "$children" ] || failed "no process decodes"
stop
sleep 1
for child in $children; do
    [ ! -e "/proc/$child" ] || failed "process $child, which decodes, has outlived the server"
done

start --max-wait 10s --access-log "$work/log"
before=$(wc -l <"$work/log")
attack drain | tee "$said"
stop
made=$(tail -n +$((before + 1)) "$work/log" | grep -c 'tiny:predict HTTP/1.1" 200')
got=$(sed -n 's/^answered //p' "$said")
[ "$made" -eq "$got" ] || failed "$made answers were made and $got came to their clients"
echo "$topic: all $made answers that were made came to their clients; exit code 143: ok"
