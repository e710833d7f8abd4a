#!/usr/bin/env bash
# What Maven resolves for a project that depends on elasticvision-runtime: the native libraries of the machine that it is built
# on, of another platform, or of several, and none of the command line's libraries. A program that embeds the runtime runs in it. Installs into a scratch repository, which is seeded with the files
# of the usual one (MAVEN_REPOSITORY, or else ~/.m2/repository).
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
usual=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
repository=$scratch/repository
if [ -d "$usual" ]; then cp -a "$usual" "$repository"; fi

mvn -q -B -f "$home/pom.xml" -Dmaven.repo.local="$repository" -Dquick -Dmaven.test.skip=true -pl runtime -am install
"$home/elastic" --version >/dev/null # builds what makes the model
version=$(sed -n 's:.*<version>\(.*-SNAPSHOT\|[0-9.]*\)</version>.*:\1:p' "$home/runtime/pom.xml" | head -n 1)

mkdir "$scratch/consumer"
cat >"$scratch/consumer/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>consumer</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.elasticvision</groupId>
      <artifactId>elasticvision-runtime</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
POM

# resolves NAME 'PLATFORM…' OPTION…: OpenCV, OpenBLAS, oneDNN and JavaCPP have the natives of these platforms, and of no others
resolves() {
    local name=$1 expected=$2 artifact got
    shift 2
    mvn -q -B -f "$scratch/consumer/pom.xml" -Dmaven.repo.local="$repository" \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
        -Dmdep.outputFile="$scratch/classpath" "$@"
    for artifact in opencv openblas dnnl javacpp; do
        got=$(tr ':' '\n' <"$scratch/classpath" |
            sed -n "s:.*/$artifact-[0-9].*-\(\(linux\|macosx\|windows\)-[a-z0-9_]*\)\.jar\$:\1:p" | sort | tr '\n' ' ')
        if [ "${got% }" != "$expected" ]; then
            echo "consumer: FAILED: $name: $artifact has '${got% }' instead of '$expected'"
            exit 1
        fi
    done
    echo "consumer: $name: $expected"
}

case $(uname -sm) in
'Linux x86_64') own=linux-x86_64 other=linux-arm64 both='linux-arm64 linux-x86_64' ;;
'Linux aarch64') own=linux-arm64 other=linux-x86_64 both='linux-arm64 linux-x86_64' ;;
*) own=macosx-arm64 other=linux-arm64 both='linux-arm64 macosx-arm64' ;;
esac
resolves "nothing said" "$own"
resolves "-Djavacpp.platform=$other" "$other" "-Djavacpp.platform=$other"
resolves "-Djavacpp.platform.$other" "$both" "-Djavacpp.platform.$other"

# What only the command line needs is not brought, and nothing of the API misses it.
tree=$(mvn -B -f "$scratch/consumer/pom.xml" -Dmaven.repo.local="$repository" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:tree)
if grep -E 'picocli|progressbar|HdrHistogram|jline' <<<"$tree"; then
    echo "consumer: FAILED: the runtime alone brings libraries of the command line"
    exit 1
fi
mvn -q -B -f "$scratch/consumer/pom.xml" -Dmaven.repo.local="$repository" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile="$scratch/classpath"
usual_classpath=$home/train/target/elasticvision-train.jar:$(cat "$home/train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$usual_classpath" "$home/ci/common/UntrainedModel.java" resnext50_elastic 224 "$scratch"
mkdir "$scratch/classes"
javac -d "$scratch/classes" -cp "$(cat "$scratch/classpath")" "$home/samples/src/main/java/org/elasticvision/samples/ClassifyPhoto.java"
answer=$(java -cp "$scratch/classes:$(cat "$scratch/classpath")" org.elasticvision.samples.ClassifyPhoto \
    "$scratch/model.onnx" "$scratch/photo.jpg")
[ -n "$answer" ] || { echo "consumer: FAILED: no answer"; exit 1; }
echo "consumer: without the command line's libraries: $(head -n 1 <<<"$answer")"

# Who starts the command line there all the same is told what to add.
if told=$(java -cp "$(cat "$scratch/classpath")" org.elasticvision.runtime.cli.Elastic --help 2>&1); then
    echo "consumer: FAILED: the command line runs without its libraries"
    exit 1
fi
if [ "$(wc -l <<<"$told")" -ne 1 ] || ! grep -q 'put info.picocli:picocli:' <<<"$told"; then
    printf 'consumer: FAILED: not one clear line:\n%s\n' "$told"
    exit 1
fi
echo "consumer: $told"
