#!/usr/bin/env bash
# JavaCPP's cache of unpacked libraries is never finished: two programs that use presets with a common library rewrite it at every start.
#
# The good guess: ~/.javacpp/cache is filled at the first start of each program and only read afterwards, since its folders are named
# after jars of a fixed version; so any number of JVMs can share it while they run.
# What is seen: the presets of PyTorch and oneDNN both bring GNU's OpenMP (libgomp.so.1). A program that loads PyTorch and then oneDNN
# replaces the file in oneDNN's folder by a link to PyTorch's; one that loads oneDNN alone deletes the link and unpacks the file again. So it
# goes on, at each start, for as long as both are used. Loader.java of 1.5.13 makes some of these links without the lock under which it
# unpacks.
# Why it matters: what other JVMs have mapped is replaced while they run, and a build server or a home folder is shared by many. A
# training of ours was seen to crash in its OpenMP just when tests of another kind started under load, its file unpacked anew.
# Versions: org.bytedeco:dnnl 3.11-1.5.13, pytorch 2.10.0-1.5.13, openblas 0.3.31-1.5.13, javacpp 1.5.13 (Maven Central), linux-x86_64,
# Java 17; Loader.java is alike on the main branch of July 2026.
# The way round: a cache of its own for each kind of program (-Dorg.bytedeco.javacpp.cachedir=DIR); or to load the common library by
# Loader.loadLibrary from a file and to keep JavaCPP from looking for it, as ElasticVision does for oneDNN.
#
# Needs mvn, a JDK of 17 or newer and Linux on x86-64; downloads 150 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java -version 2>&1 | head -1
for artifact in javacpp:1.5.13 dnnl:3.11-1.5.13 pytorch:2.10.0-1.5.13 openblas:0.3.31-1.5.13; do
    for classifier in '' :jar:linux-x86_64; do
        mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
            -Dartifact="org.bytedeco:$artifact$classifier" -DoutputDirectory="$work/jars"
    done
done
cat >Start.java <<'JAVA'
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

class Start {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("both")) {
            for (String name : new String[] {"libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so"}) {
                // all of them before the first is loaded, or that takes those of a PyTorch that the machine has
                Loader.cacheResource(torch.class, "/org/bytedeco/pytorch/linux-x86_64/" + name);
            }
            Loader.load(torch.class);
        }
        Loader.load(dnnl.class);
    }
}
JAVA
mkdir -p classes stand-in/org/bytedeco/opencl/presets
# oneDNN's preset names this class, and needs nothing of it on a CPU.
printf 'package org.bytedeco.opencl.presets;\n\npublic class OpenCL {}\n' >stand-in/org/bytedeco/opencl/presets/OpenCL.java
javac -d classes stand-in/org/bytedeco/opencl/presets/OpenCL.java
javac -nowarn -proc:none -d classes -cp 'classes:jars/*' Start.java 2>/dev/null
library=$work/cache/dnnl-3.11-1.5.13-linux-x86_64.jar/org/bytedeco/dnnl/linux-x86_64/libgomp.so.1
before=
for program in alone both alone both alone; do
    java -Dorg.bytedeco.javacpp.cachedir="$work/cache" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp 'classes:jars/*' Start "$program"
    seen=$(stat -c '%F' "$library")
    [ ! -L "$library" ] || seen="$seen to $(readlink "$library" | sed 's|.*/cache/||; s|/.*|/.../libgomp.so.1|')"
    echo "after the program with $([ "$program" = both ] && echo "PyTorch and oneDNN" || echo "oneDNN alone"): a $seen"
    [ "$seen" != "$before" ] || { echo "otherwise now: it stays" >&2; exit 1; }
    before=$seen
done
echo "As described."
