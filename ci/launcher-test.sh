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
for tool in sh bash awk cat dirname readlink find head sed grep mkdir mv rm cksum tr uname; do
    ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
done

check "--help" 0 'Usage: .*elastic ' "$elastic" --help
check "no Java" 1 'no java on the PATH; install Java 17' env -u JAVA_HOME PATH="$scratch/bin" "$elastic" --help
check "wrong JAVA_HOME" 1 'JAVA_HOME is /nowhere' env JAVA_HOME=/nowhere "$elastic" --help

java=$(command -v java)
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
cat >"$scratch/old-java" <<'OLD'
#!/bin/sh
echo 'openjdk version "11.0.2" 2019-01-15' >&2
OLD
chmod +x "$scratch/old-java"
mkdir -p "$scratch/old/bin" && mv "$scratch/old-java" "$scratch/old/bin/java"
check "old Java" 1 'is Java 11.0.2; install Java 17' env JAVA_HOME="$scratch/old" "$elastic" --help

# All is built by now: neither Maven nor the current folder matters.
ln -s "$java" "$scratch/bin/java"
ln -s "$elastic" "$scratch/a link"
check "no Maven needed when built" 0 '^elastic [0-9]' env -u JAVA_HOME PATH="$scratch/bin" "$elastic" --version
cd "$scratch"
check "from another folder, by a link" 0 '^elastic [0-9]' "$scratch/a link" --version
check "a wrong command" 2 "elastic --help" "$elastic" nonsense
check "no standard input" 1 '^elastic: standard input is empty' sh -c '"$0" predict none.onnx - <&-' "$elastic"
check "a missing file" 1 '^elastic: .*does not exist' "$elastic" convert "$scratch/none.pth"
check "names that are not ASCII, without a locale" 1 '^elastic: .*mödel é.pth: does not exist' \
    env -u LANG -u LC_CTYPE LC_ALL=C "$elastic" convert "$scratch/mödel é.pth"
check "names that are not ASCII, with a locale that is not installed" 1 '^elastic: .*mödel é.pth: does not exist' \
    env -u LC_ALL -u LC_CTYPE LANG=qq_QQ.UTF-8 "$elastic" convert "$scratch/mödel é.pth"
printf '\200\002}.' >"$scratch/some weights.pth"
cd "$home"
check "printed commands can be pasted" 1 "convert it first: ./elastic convert '$scratch/some weights.pth'\$" \
    ./elastic predict "$scratch/some weights.pth" photo.jpg
cd "$scratch"
check "printed commands, from the PATH" 1 "convert it first: elastic convert '$scratch/some weights.pth'\$" \
    env PATH="$home:$PATH" elastic predict "$scratch/some weights.pth" photo.jpg
check "every command has --help" 0 'Usage: .*elastic convert' "$elastic" convert --help
check "serve is there" 1 '^elastic: .*none.onnx' "$elastic" serve --port 0 "$scratch/none.onnx"

# A checkout of its own with a Maven and a Java that only say what they were given.
checkout=$scratch/checkout
mkdir -p "$checkout"/{runtime,convert,train,samples/serve}/src/main "$scratch/tools" "$checkout/ci/distribution/src/bin"
cp "$elastic" "$checkout/elastic"
cp "$home/ci/distribution/src/bin/elastic" "$checkout/ci/distribution/src/bin/elastic"
touch "$checkout/pom.xml" "$checkout"/{runtime,convert,train,samples/serve}/pom.xml
cat >"$scratch/tools/mvn" <<'MAVEN'
#!/bin/sh
echo "$@" >>"$MAVEN_SAYS"
[ ! -e "$MAVEN_SAYS.fail" ] || exit 1
mkdir -p train/target samples/serve/target
: >train/target/elasticvision-train.jar
: >train/target/classpath.txt
: >samples/serve/target/elasticvision-serve.jar
: >samples/serve/target/classpath.txt
MAVEN
cat >"$scratch/tools/java" <<'JAVA'
#!/bin/sh
echo "${OPENBLAS_NUM_THREADS-}" >"$0.openblas"
case $* in
-version) echo 'openjdk version "17.0.2" 2022-01-18' >&2 ;;
*-XX:DumpLoadedClassList=*) # as newer Javas number them
    case $* in
    *'--provider onednn'*) engine=org/bytedeco/dnnl/memory ;;
    *) engine=ai/onnxruntime/OrtSession ;;
    esac
    for option in "$@"; do case $option in -XX:DumpLoadedClassList=*) file=${option#*=} ;; esac; done
    printf '%s\n' 'java/lang/Object id: 0' "$engine id: 1" 'Odd id: 2 super: 0 source: x' '@lambda-proxy a picocli/b' >"$file"
    echo "$XDG_CACHE_HOME" >"$0.cache"
    echo ran "$@" ;;
*-Xshare:dump*) # an archive of its list
    for option in "$@"; do
        case $option in
        *SharedClassListFile=*) list=${option#*=} ;;
        *SharedArchiveFile=*) cat "$list" >"${option#*=}" ;;
        esac
    done ;;
*) echo ran "$@" ;;
esac
[ ! -e "$0.fail" ]
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

# An archive of the classes: the first short command that succeeds leaves one, those after it use it.
model=$scratch/model.onnx picture=$scratch/a\ photo.jpg
: >"$model"
: >"$picture"
mkdir "$scratch/photos"
archive=$checkout/target/archive/java-17.0.2.jsa
fake() { env -u JAVA_HOME PATH="$scratch/tools:$scratch/bin:$PATH" "$@"; }
missing() { [ ! -e "$archive" ] || { echo "launcher: FAILED: $1 left $archive"; exit 1; }; }

check "a long command" 0 '^ran.*--help' fake "$checkout/elastic" train --help
check "a folder of pictures" 0 '^ran' fake "$checkout/elastic" predict "$model" "$scratch/photos"
missing "what is not short"
check "no archive wanted" 0 '^ran .*TieredStopAtLevel=1 ' fake ELASTIC_ARCHIVE=off "$checkout/elastic" predict "$model" "$picture"
missing "ELASTIC_ARCHIVE=off"
touch "$scratch/tools/java.fail"
check "a failed command" 1 '^ran' fake "$checkout/elastic" predict "$model" "$picture"
missing "a failed command"
rm "$scratch/tools/java.fail"
check "the first short command" 0 '^ran .*DumpLoadedClassList.* predict .*a photo.jpg$' fake "$checkout/elastic" predict "$model" "$picture"
# has NAME LINE…: the archive is of these classes
has() {
    local name=$1
    shift
    [ "$(cat "$archive")" = "$(printf '%s\n' "$@")" ] || { echo "launcher: FAILED: $name: the archive has"; cat "$archive"; exit 1; }
    echo "launcher: $name: ok"
}
has "its archive has the classes of both engines" java/lang/Object ai/onnxruntime/OrtSession org/bytedeco/dnnl/memory
grep -q "^$archive.new/cache\$" "$scratch/tools/java.cache" || { echo "launcher: FAILED: the other engine keeps models for good"; exit 1; }
check "the next uses its archive" 0 "^ran .*SharedArchiveFile=$archive .*TieredStopAtLevel=1 " \
    fake "$checkout/elastic" predict "$model" "$picture"
[ "$(cat "$scratch/tools/java.openblas")" = 1 ] || { echo "launcher: FAILED: OpenBLAS has threads for one picture"; exit 1; }
check "a long one too, and Java compiles as usual" 0 '^ran -XX:SharedArchiveFile=[^ ]* -Xlog:cds.=off -Delasticvision.command=[^ ]*/checkout/elastic -Delasticvision.name=[^ ]* -Dorg.bytedeco' \
    fake "$checkout/elastic" serve "$model"
[ -z "$(cat "$scratch/tools/java.openblas")" ] || { echo "launcher: FAILED: OpenBLAS has one thread for all commands"; exit 1; }
[ -z "$(ls -A "$checkout/target/archive" | grep -v '^java-17.0.2.jsa')" ] || { echo "launcher: FAILED: something is left beside the archive"; exit 1; }
touch -d '+2 seconds' "$checkout/train/target/elasticvision-train.jar"
check "another build makes it anew" 0 '^ran .*DumpLoadedClassList' fake "$checkout/elastic" predict "$model" "$picture"
touch -d '-1 hour' "$checkout/train/target/elasticvision-train.jar"
echo another >"$archive.jars"
check "and so do other jars" 0 '^ran .*DumpLoadedClassList' \
    fake "$checkout/elastic" predict --provider onednn "$model" "$picture"
has "in whichever engine the command ran" java/lang/Object org/bytedeco/dnnl/memory ai/onnxruntime/OrtSession
mkdir "$archive.new"
rm "$archive"
check "while another one makes it" 0 '^ran -D.*TieredStopAtLevel=1 -cp' fake "$checkout/elastic" predict "$model" "$picture"
missing "who came meanwhile"
touch -d '-1 hour' "$archive.new"
check "after one that was killed" 0 '^ran .*DumpLoadedClassList' fake "$checkout/elastic" predict "$model" "$picture"

# NVIDIA's libraries in a folder that pip has filled, and ONNX Runtime's under the names that Java asks for.
gpu=$scratch/a\ gpu native=$checkout/runtime/target/native
mkdir -p "$native" "$gpu/onnxruntime/capi" "$gpu/nvidia/cu13/lib"
touch "$native"/libonnxruntime{,4j_jni,_providers_cuda}.so "$gpu"/onnxruntime/capi/libonnxruntime{.so.1.29.0,_providers_cuda.so}
check "ELASTIC_GPU that is not there" 1 'ELASTIC_GPU is /nowhere, which is not a folder' \
    fake ELASTIC_GPU=/nowhere "$checkout/elastic" doctor
check "ELASTIC_GPU" 0 'ran .*-Donnxruntime.native.path=.*/a gpu/elastic -D' fake ELASTIC_GPU="$gpu" "$checkout/elastic" doctor
check "its links" 0 '^libonnxruntime.so libonnxruntime4j_jni.so libonnxruntime_providers_cuda.so $' \
    bash -c 'ls "$0/elastic" | tr "\n" " "' "$gpu"
check "without ELASTIC_GPU" 0 'ran .*-Donnxruntime.native.path=.*/target/native -D' fake "$checkout/elastic" doctor

# With the real Java: an archive that is damaged is skipped silently.
mkdir "$scratch/installed" "$scratch/installed/bin" "$scratch/installed/archive"
cp "$home/ci/distribution/src/bin/elastic" "$scratch/installed/bin/elastic"
jars=$home/train/target/elasticvision-train.jar:$(cat "$home/train/target/classpath.txt")
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
damaged=$scratch/installed/archive/java-$version.jsa
echo "$jars" >"$damaged.jars"
for size in 0 100000; do
    head -c "$size" /dev/zero | tr '\0' 'x' >"$damaged"
    check "a damaged archive of $size bytes" 0 '^elastic [0-9]' env ELASTIC_CLASSPATH="$jars" "$scratch/installed/bin/elastic" --version
    [ "$(wc -l <"$scratch/out")" -eq 1 ] || { echo "launcher: FAILED: Java speaks of the archive:"; cat "$scratch/out"; exit 1; }
done
