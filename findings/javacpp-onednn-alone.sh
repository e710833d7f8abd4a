#!/usr/bin/env bash
# JavaCPP's oneDNN preset for a CPU loads only with a class of another preset, which it must not have whole.
#
# The good guess: org.bytedeco:dnnl and its jar of native libraries are enough to call oneDNN on a CPU, as opencv's are for OpenCV: the
# library looks for OpenCL only when a GPU engine is asked for, and links nothing of it.
# What is seen: as Maven resolves it (opencl 3.0-1.5.13 comes along, without natives) the first class throws UnsatisfiedLinkError, "no
# jniOpenCL". Without the opencl jar it throws TypeNotPresentException, as an annotation names org.bytedeco.opencl.presets.OpenCL. With an
# empty class of that name it loads, and a CPU engine works. And the names of enum constants that it returns are null: name() of
# get_effective_cpu_isa() is null, toString() is right, as JavaCPP makes a new object for each value.
# Why it matters: on servers without OpenCL the preset looks broken, and a switch over the name ends in a NullPointerException.
# Versions: org.bytedeco:dnnl 3.11-1.5.13 with javacpp 1.5.13 and opencl 3.0-1.5.13 (Maven Central), linux-x86_64, Java 17.
# The way round: leave opencl out and bring an empty class of that name, as ElasticVision does; toString() or intern() for enums.
#
# Needs mvn, a JDK of 17 or newer and Linux on x86-64; downloads 30 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java -version 2>&1 | head -1
for artifact in dnnl:3.11-1.5.13 dnnl:3.11-1.5.13:jar:linux-x86_64 javacpp:1.5.13 javacpp:1.5.13:jar:linux-x86_64 opencl:3.0-1.5.13; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="org.bytedeco:$artifact" -DoutputDirectory="$work/jars"
done
cat >Ask.java <<'JAVA'
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;

class Ask {
    public static void main(String[] arguments) {
        try (engine cpu = new engine(engine.kind.cpu, 0)) {
            System.out.println("a CPU engine; instructions: name() " + dnnl.get_effective_cpu_isa().name()
                    + ", toString() " + dnnl.get_effective_cpu_isa());
        } catch (Throwable thrown) {
            Throwable e = thrown.getCause() instanceof TypeNotPresentException cause ? cause : thrown;
            System.out.println(e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage()).split(" in java")[0]);
        }
    }
}
JAVA
mkdir -p classes empty/org/bytedeco/opencl/presets
javac -nowarn -proc:none -d classes -cp 'jars/*' Ask.java 2>/dev/null
printf 'package org.bytedeco.opencl.presets;\n\npublic class OpenCL {}\n' >empty/org/bytedeco/opencl/presets/OpenCL.java
javac -d empty-classes empty/org/bytedeco/opencl/presets/OpenCL.java
alone=classes:$(printf '%s:' jars/dnnl-*.jar jars/javacpp-*.jar)
ask() { # NAME CLASSPATH PATTERN
    local seen
    seen=$(java -Dorg.bytedeco.javacpp.cachedir="$work/cache" -cp "$2" Ask)
    echo "$1: $seen"
    # shellcheck disable=SC2053  # a pattern
    [[ $seen == $3 ]] || { echo "otherwise now" >&2; exit 1; }
}
ask "as Maven resolves it" "$alone:jars/opencl-3.0-1.5.13.jar" 'UnsatisfiedLinkError: no jniOpenCL*'
ask "without opencl" "$alone" 'TypeNotPresentException: *org.bytedeco.opencl.presets.OpenCL*'
ask "with an empty class" "$alone:empty-classes" 'a CPU engine; instructions: name() null, toString() *'
echo "As described."
