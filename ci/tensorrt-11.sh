#!/usr/bin/env bash
# That the sources fit TensorRT 11 too: compiles them against its Java classes (profile tensorrt11 of pom.xml, 0.7 MB of jars) into
# folders of their own. Nothing is run: ONNX Runtime 1.29 wants TensorRT 10.
#
#   ci/tensorrt-11.sh [MAVEN_ARGUMENT...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
${MVN:-mvn} --batch-mode --no-transfer-progress --quiet -Dquick -Ptensorrt11 -pl runtime,convert -am "$@" compile
classes=(convert/target/tensorrt11/classes/org/elasticvision/convert/tensorrt/NetworkParser.class)
[ -f "${classes[0]}" ] || { echo "tensorrt-11: nothing was compiled" >&2; exit 1; }
version=$(sed -n 's/^tensorrt=//p' runtime/target/tensorrt11/classes/org/elasticvision/runtime/doctor/checkup/dependencies.properties)
case $version in
11.*) echo "tensorrt-11: the sources fit TensorRT $version" ;;
*) echo "tensorrt-11: compiled against $version instead" >&2; exit 1 ;;
esac
