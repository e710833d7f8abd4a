#!/usr/bin/env bash
# Checks ./elastic as a person meets it: what it says when something is missing, and that it runs from anywhere without
# Maven once all is built. Prints a line per check, exits 1 at the first that fails.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
elastic=$home/elastic
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# check NAME EXIT_CODE PATTERN COMMAND…: the exit code, and a pattern in what it printed
check() {
    local name=$1 code=$2 pattern=$3 got=0
    shift 3
    "$@" >"$scratch/out" 2>&1 || got=$?
    if [ "$got" -ne "$code" ] || ! grep -qE -- "$pattern" "$scratch/out"; then
        echo "launcher: FAILED: $name: exit code $got instead of $code, or no '$pattern' in:"
        cat "$scratch/out"
        exit 1
    fi
    echo "launcher: $name: ok"
}

# A PATH with the tools that the script itself needs, and nothing of Java.
mkdir "$scratch/bin"
for tool in sh bash cat dirname readlink find head sed grep mkdir mv; do
    ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
done

check "--help" 0 'Usage: elastic' "$elastic" --help
check "no Java" 1 'no java on the PATH; install a JDK 17' env -u JAVA_HOME PATH="$scratch/bin" "$elastic" --help
check "wrong JAVA_HOME" 1 'JAVA_HOME is /nowhere' env JAVA_HOME=/nowhere "$elastic" --help

java=$(command -v java)
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
cat >"$scratch/old-java" <<'OLD'
#!/bin/sh
echo 'openjdk version "11.0.2" 2019-01-15' >&2
OLD
chmod +x "$scratch/old-java"
mkdir -p "$scratch/old/bin" && mv "$scratch/old-java" "$scratch/old/bin/java"
check "old Java" 1 'is Java 11; install a JDK 17' env JAVA_HOME="$scratch/old" "$elastic" --help

# All is built by now: neither Maven nor the current folder matters.
ln -s "$java" "$scratch/bin/java"
ln -s "$elastic" "$scratch/a link"
check "no Maven needed when built" 0 '^elastic [0-9]' env -u JAVA_HOME PATH="$scratch/bin" "$elastic" --version
cd "$scratch"
check "from another folder, by a link" 0 '^elastic [0-9]' "$scratch/a link" --version
check "a wrong command" 2 "elastic --help" "$elastic" nonsense
check "a missing file" 1 '^elastic: .*no such file' "$elastic" convert "$scratch/none.pth"
check "names that are not ASCII, without a locale" 1 '^elastic: .*mödel é.pth: no such file' \
    env -u LANG -u LC_CTYPE LC_ALL=C "$elastic" convert "$scratch/mödel é.pth"
check "every command has --help" 0 'Usage: elastic convert' "$elastic" convert --help
check "serve is there" 1 '^elastic: .*none.onnx' "$elastic" serve --port 0 "$scratch/none.onnx"
