#!/usr/bin/env bash
# JavaCPP's TensorRT jar says that it is a Java module, and no Java starts that has it on its module path.
#
# Versions: org.bytedeco:tensorrt 10.15-1.5.13 and 11.2-1.5.14, with cuda and javacpp of the same lines (Maven Central), Java 17.
# The good guess: a jar with a module-info is for the module path; its brothers of the same release (cuda, opencv, pytorch) are, so an
# application with a module-info may require org.bytedeco.tensorrt.
# What is seen: the descriptor exports org.bytedeco.tensorrt.nvparsers, a package that went away with TensorRT's old parsers. javac reads the
# descriptor without a word; java ends before main with "Package org.bytedeco.tensorrt.nvparsers not found in module". cuda starts.
# Why it matters: it shows at the first start and not in the build, and only where TensorRT is added. Whoever uses TensorRT from Java
# stays on the class path, as ElasticVision does (docs/decisions/no-module-info.md), or patches the jar.
#
# Needs mvn and java 17 or newer; downloads 5 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java -version 2>&1 | head -1
for version in 10.15-1.5.13 11.2-1.5.14; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact=org.bytedeco:tensorrt:$version -DoutputDirectory="$work"
    seen=$(java --module-path "tensorrt-$version.jar" --list-modules 2>&1 | grep InvalidModuleDescriptorException || true)
    echo "tensorrt $version: ${seen:-starts}"
    case $seen in
    *"Package org.bytedeco.tensorrt.nvparsers not found in module"*) ;;
    *) echo "otherwise now" >&2; exit 1 ;;
    esac
done
mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.bytedeco:cuda:13.1-9.19-1.5.13 -DoutputDirectory="$work"
if java --module-path cuda-13.1-9.19-1.5.13.jar --list-modules | grep -q org.bytedeco.cuda; then
    echo "cuda 13.1-9.19-1.5.13: starts"
    echo "As described."
else
    echo "otherwise now" >&2
    exit 1
fi
