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

# A checkout of its own with a Maven and a Java that only say what they were given.
checkout=$scratch/checkout
mkdir -p "$checkout"/{runtime,convert,train,samples/serve}/src/main "$scratch/tools"
cp "$elastic" "$checkout/elastic"
touch "$checkout/pom.xml" "$checkout"/{runtime,convert,train,samples/serve}/pom.xml
cat >"$scratch/tools/mvn" <<'MAVEN'
#!/bin/sh
echo "$@" >>"$MAVEN_SAYS"
[ ! -e "$MAVEN_SAYS.fail" ] || exit 1
mkdir -p train/target samples/serve/target
: >train/target/classpath.txt
: >samples/serve/target/classpath.txt
MAVEN
cat >"$scratch/tools/java" <<'JAVA'
#!/bin/sh
[ "$1" = -version ] && echo 'openjdk version "17.0.2" 2022-01-18' >&2 || echo ran
JAVA
chmod +x "$scratch/tools/mvn" "$scratch/tools/java"
export MAVEN_SAYS=$scratch/maven-says
: >"$MAVEN_SAYS"

# builds NAME NUMBER [VARIABLE=VALUE…]: after a run with these variables Maven has been called so many times in all
builds() {
    local name=$1 number=$2
    shift 2
    check "$name" 0 '^ran' env -u JAVA_HOME -u ELASTIC_MAVEN PATH="$scratch/tools:$scratch/bin:$PATH" "$@" "$checkout/elastic"
    if [ "$(wc -l <"$MAVEN_SAYS")" -ne "$number" ]; then
        echo "launcher: FAILED: $name: Maven was called $(wc -l <"$MAVEN_SAYS") times instead of $number"
        exit 1
    fi
}

builds "the first run builds" 1
builds "the second does not" 1
builds "another ELASTIC_MAVEN builds" 2 ELASTIC_MAVEN="-Pcuda -Ptensorrt"
grep -q -- '-Pcuda -Ptensorrt -pl train' "$MAVEN_SAYS" || { echo "launcher: FAILED: Maven did not get ELASTIC_MAVEN"; exit 1; }
builds "the same ELASTIC_MAVEN does not" 2 ELASTIC_MAVEN="-Pcuda -Ptensorrt"
builds "no ELASTIC_MAVEN runs what is built" 2
touch -d '+2 seconds' "$checkout/runtime/src/main"
builds "changed sources are built as before" 3
tail -n 1 "$MAVEN_SAYS" | grep -q -- '-Pcuda' || { echo "launcher: FAILED: the build forgot ELASTIC_MAVEN"; exit 1; }
touch -d '-1 hour' "$checkout/runtime/src/main"
builds "an empty ELASTIC_MAVEN goes back" 4 ELASTIC_MAVEN=
touch "$MAVEN_SAYS.fail"
check "a failed build" 1 'the build failed' env -u JAVA_HOME PATH="$scratch/tools:$PATH" ELASTIC_MAVEN=-Pcuda "$checkout/elastic"
rm "$MAVEN_SAYS.fail"
builds "after a failed build the next one tries again" 6 ELASTIC_MAVEN=-Pcuda
