#!/usr/bin/env bash
# ONNX Runtime from 1.29 on tells Microsoft about each process on Linux, and goes on after it was told not to.
#
# The good guess: an application that calls OrtEnvironment.setTelemetry(false) as soon as it has an environment, or disable_telemetry_events()
# in Python right after the import, sends nothing and keeps nothing; on Linux there is no telemetry anyway, as the documents of earlier
# releases say.
# What is seen: by then a file with a number for this machine and a database of what is to be sent are in
# ~/.cache/Microsoft/DeveloperTools/.onnxruntime, and for as long as the process lives a host of Microsoft's is looked up again and again. With
# ORT_DISABLE_TELEMETRY=1 in the environment before the start there is neither. Release notes of servers that ship it mention it (immich 3.3.6,
# onnxruntime-server 1.29.0); it came with pull request 27379 of microsoft/onnxruntime.
# Why it matters: privacy notices of products, networks that must not be left, and home folders that must not be written. The call for it
# exists and returns without an error.
# Versions: com.microsoft.onnxruntime:onnxruntime 1.29.0 (Maven Central), Java 17; onnxruntime 1.32.0 (PyPI), Python 3.11; linux-x86_64.
# The way round: the environment variable, before the process starts; or set by putenv of the C library before the environment is created, as
# ElasticVision does, whose callers start Java as they please.
#
# Needs mvn, a JDK of 17 or newer, python3 with venv, ip, unshare, and root or namespaces for users: the process runs where the name server that the
# machine has is a small program of this script, and nothing leaves. Downloads 120 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
if [ "${1:-}" = --inside ]; then
    cd "$2"
    ip link set lo up
    server=$(awk '$1 == "nameserver" && $2 ~ /^[0-9.]+$/ { print $2; exit }' /etc/resolv.conf)
    [ "${server#127.}" != "$server" ] || ip address add "$server/32" dev lo
    shift 2
    python3 names.py "$server" names &
    names=$!
    sleep 1
    "$@"
    kill "$names"
    exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}
cat >"$work/names.py" <<'PYTHON'
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((sys.argv[1], 53))
with open(sys.argv[2], "w", buffering=1) as names:
    while True:
        query, _ = server.recvfrom(1500)
        parts, place = [], 12
        while query[place]:
            parts.append(query[place + 1 : place + 1 + query[place]].decode())
            place += query[place] + 1
        print(".".join(parts), file=names)
PYTHON
cat >"$work/Start.java" <<'JAVA'
import ai.onnxruntime.OrtEnvironment;

class Start {
    public static void main(String[] arguments) throws Exception {
        OrtEnvironment.getEnvironment().setTelemetry(false);
        Thread.sleep(20_000);
    }
}
JAVA
cat >"$work/start.py" <<'PYTHON'
import time

import onnxruntime

onnxruntime.disable_telemetry_events()
time.sleep(20)
PYTHON
mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.29.0 -DoutputDirectory="$work/jars"
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check onnxruntime==1.32.0
java -version 2>&1 | head -1
"$work/venv/bin/python" -c 'import sys; print("Python", sys.version.split()[0])'

# seen NAME KEPT LOOKED_UP VARIABLE COMMAND…: what a start leaves in the home folder, and which names it asks for
seen() {
    local name=$1 kept=$2 looked_up=$3 variable=$4 files names
    shift 4
    rm -rf "$work/home"
    mkdir "$work/home"
    env -u CI -u ORT_DISABLE_TELEMETRY -u XDG_CACHE_HOME HOME="$work/home" ${variable:+"$variable"} \
        unshare --map-root-user --net "$0" --inside "$work" "$@"
    files=$(find "$work/home" -path '*/.onnxruntime/*' -type f -printf '%f\n' | sort | tr '\n' ' ')
    names=$(sort -u "$work/names" | tr '\n' ' ')
    echo "$name: kept: ${files:-nothing}; looked up: ${names:-nothing}"
    [ "$(grep -c deviceid <<<"$files")" = "$kept" ] && [ "$(grep -c 'microsoft\.com' <<<"$names")" = "$looked_up" ] || {
        echo "otherwise now" >&2
        exit 1
    }
}
seen "Java, setTelemetry(false)" 1 1 '' java -cp "$work/jars/*" "$work/Start.java"
seen "Java, ORT_DISABLE_TELEMETRY=1" 0 0 ORT_DISABLE_TELEMETRY=1 java -cp "$work/jars/*" "$work/Start.java"
seen "Python, disable_telemetry_events()" 1 1 '' "$work/venv/bin/python" "$work/start.py"
seen "Python, ORT_DISABLE_TELEMETRY=1" 0 0 ORT_DISABLE_TELEMETRY=1 "$work/venv/bin/python" "$work/start.py"
echo "As described."
