#!/usr/bin/env bash
# Builds the zip files for people without Maven: the runtime for Linux on x86-64 and on arm64, and everything for Linux on x86-64.
# They lie in ci/distribution/target afterwards. It needs no processor of the kind that a zip is for. Takes a minute; the first
# time it downloads 40 MB for arm64.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rm -f ci/distribution/target/*.zip
# The list of dependencies (SBOM) with the native jars of the other platform; the build below makes those of this one.
mvn --batch-mode --quiet --no-transfer-progress -Dquick -pl runtime -Djavacpp.platform=linux-arm64 org.cyclonedx:cyclonedx-maven-plugin:makeBom
mkdir -p ci/distribution/target
mv runtime/target/sbom.json ci/distribution/target/sbom-linux-arm64.json
# shellcheck disable=SC2086  # it holds several words
mvn --batch-mode --quiet --no-transfer-progress -Pdist -Dquick -Dmaven.test.skip=true -pl ci/distribution -am ${ELASTIC_MAVEN:-} package
for zip in ci/distribution/target/*.zip; do
    echo "$(($(wc -c <"$zip") / 1000000)) MB  $zip"
done
