#!/usr/bin/env bash
# What Maven resolves for a project that depends on elasticvision-runtime: the native libraries of the machine that it is built
# on, of another platform, or of several. Installs into a scratch repository, which is seeded with the files
# of the usual one (MAVEN_REPOSITORY, or else ~/.m2/repository).
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
usual=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
repository=$scratch/repository
if [ -d "$usual" ]; then cp -a "$usual" "$repository"; fi

mvn -q -B -f "$home/pom.xml" -Dmaven.repo.local="$repository" -Dquick -Dmaven.test.skip=true -pl runtime -am install
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

# resolves NAME 'PLATFORM…' OPTION…: OpenCV, OpenBLAS and JavaCPP have the natives of these platforms, and of no others
resolves() {
    local name=$1 expected=$2 artifact got
    shift 2
    mvn -q -B -f "$scratch/consumer/pom.xml" -Dmaven.repo.local="$repository" \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
        -Dmdep.outputFile="$scratch/classpath" "$@"
    for artifact in opencv openblas javacpp; do
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
