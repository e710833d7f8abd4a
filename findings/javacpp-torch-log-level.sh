#!/usr/bin/env bash
# JavaCPP's PyTorch does not read TORCH_CPP_LOG_LEVEL, by which a distributed run in Python tells of its connections.
#
# The good guess: TORCH_CPP_LOG_LEVEL is read by the C++ library, as its name says, so that INFO shows which process has connected with which
# from Java as from Python.
# What is seen: with INFO a TCPStore connects in silence. After torch.initLogging() it tells of its connection. "import torch" makes that call in
# Python; nothing makes it in the preset, neither loading the libraries nor creating a store or a process group.
# Why it matters: PyTorch's documentation has TORCH_CPP_LOG_LEVEL first among its variables for debugging, and INFO is what one sets where the
# processes of a run wait for each other. From Java it shows nothing, which looks as if no process had tried to connect.
# Versions: org.bytedeco:pytorch 2.10.0-1.5.13, openblas 0.3.31-1.5.13, javacpp 1.5.13 (Maven Central), linux-x86_64, Java 17.
# The way round: torch.initLogging() once, before the first store or process group, as ElasticVision does.
#
# Needs mvn, a JDK of 17 or newer and Linux on x86-64; downloads 150 MB; listens and calls on 127.0.0.1. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java -version 2>&1 | head -1
for artifact in javacpp:1.5.13 pytorch:2.10.0-1.5.13 openblas:0.3.31-1.5.13; do
    for classifier in '' :jar:linux-x86_64; do
        mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
            -Dartifact="org.bytedeco:$artifact$classifier" -DoutputDirectory="$work/jars"
    done
done
cat >Connect.java <<'JAVA'
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.global.torch;

class Connect {
    public static void main(String[] arguments) throws Exception {
        for (String name : new String[] {"libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so"}) {
            // all of them before the first is loaded, or that takes those of a PyTorch that the machine has
            Loader.cacheResource(torch.class, "/org/bytedeco/pytorch/linux-x86_64/" + name);
        }
        if (arguments[0].equals("initLogging")) torch.initLogging();
        TCPStoreOptions options = new TCPStoreOptions().port((short) 0).isServer(true); // any port that is free
        try (TCPStore store = new TCPStore("127.0.0.1", options)) {
            System.out.println("connected: " + (store.add("processes", 1) == 1));
        }
    }
}
JAVA
javac -nowarn -proc:none -d classes -cp 'jars/*' Connect.java 2>/dev/null
for call in none initLogging; do
    for level in INFO ERROR; do
        TORCH_CPP_LOG_LEVEL=$level java -Dorg.bytedeco.javacpp.cachedir="$work/cache" -cp 'jars/*:classes' Connect $call >log 2>&1
        grep -qx 'connected: true' log || { cat log; echo "otherwise now: no connection" >&2; exit 1; }
        lines=$(grep -c '^\[I.*\[c10d\].*has connected to' log || true)
        echo "TORCH_CPP_LOG_LEVEL=$level, $([ $call = none ] && echo 'as it is' || echo 'after torch.initLogging()'): lines that tell of a connection: $lines"
        if [ "$call-$level" = initLogging-INFO ]; then expected='[1-9]*'; else expected=0; fi
        # shellcheck disable=SC2254
        case $lines in $expected) ;; *) echo "otherwise now" >&2; exit 1 ;; esac
    done
done
echo "As described."
