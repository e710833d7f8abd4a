#!/usr/bin/env bash
# GNU's malloc: blocks of 16 to 32 MB that are reused in the first thread of a program are mapped and cleared anew again and again in any other
# thread, and Java's main() runs in another one.
#
# The good guess: a program that frees a block and asks for one of the same size gets the same pages, in C, in Python and in Java. malloc maps only
# the first of them by itself: its threshold for that grows with what is freed, to 32 MB (mallopt(3), "dynamic mmap threshold").
# What is seen: three blocks of 25 MB, of which the oldest is freed and allocated again in turn. In the first thread no page is ever cleared again. In
# another one a third of all pages are, a page fault each: the heaps of its arena are 64 MB at most, so that two blocks fit in one, and a heap that
# becomes empty goes back to the system. Java's launcher starts main() in a second thread, so it is what all of a Java program gets.
# Why it matters: 25 MB is what a layer of ResNet-50 has at 8 images. Native libraries called from Java, such as LibTorch, which takes a block for
# every result of a layer, pay for it: this and idle threads together made a training step of ours 2.5 s long instead of 2.0.
# Versions: org.bytedeco:javacpp 1.5.13 (Maven Central), for its malloc(3); glibc 2.36; Java 17.
# The way round: MALLOC_ARENA_MAX=1 before Java starts, as the command elastic sets it for training (MALLOC_MMAP_THRESHOLD_, MALLOC_TOP_PAD_ and
# MALLOC_TRIM_THRESHOLD_ besides, for blocks above 32 MB).
#
# Needs mvn, a JDK 17, python3 and Linux with glibc on x86-64, whose huge pages are not for all memory; downloads 2 MB. Exit code 1 if it is
# otherwise now.
set -euo pipefail
if grep -qs '\[always\]' /sys/kernel/mm/transparent_hugepage/enabled; then
    echo "Nothing to see here: the system clears huge pages (/sys/kernel/mm/transparent_hugepage/enabled)." >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for classifier in '' :jar:linux-x86_64; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="org.bytedeco:javacpp:1.5.13$classifier" -DoutputDirectory="$work"
done
cat >Blocks.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

class Blocks {
    static long faults() throws Exception {
        return Long.parseLong(Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) ", "").split(" ")[7]);
    }

    public static void main(String[] arguments) throws Exception {
        Loader.load(Pointer.class);
        long bytes = 25L << 20;
        Pointer[] blocks = new Pointer[3];
        long before = 0;
        for (int i = 0; i < 220; i++) {
            if (i == 20) before = faults();
            if (i >= 3) Pointer.free(blocks[i % 3]);
            blocks[i % 3] = Pointer.malloc(bytes);
            Pointer.memset(blocks[i % 3], 1, bytes);
        }
        System.out.println((faults() - before) * 100 / 200 / (bytes / 4096));
    }
}
JAVA
cat >blocks.py <<'PYTHON'
import ctypes, resource, sys, threading

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]


def run():
    size = 25 << 20
    blocks = [None] * 3
    for i in range(220):
        if i == 20:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        libc.free(blocks[i % 3])
        blocks[i % 3] = libc.malloc(size)
        libc.memset(blocks[i % 3], 1, size)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) * 100 // 200 // (size // 4096))


if sys.argv[1] == 'first':
    run()
else:
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
PYTHON
unset MALLOC_ARENA_MAX MALLOC_MMAP_THRESHOLD_ MALLOC_TOP_PAD_ MALLOC_TRIM_THRESHOLD_ GLIBC_TUNABLES
java=(java -Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.cachedir="$work/cache"
    -cp "javacpp-1.5.13.jar:javacpp-1.5.13-linux-x86_64.jar" Blocks.java)
getconf GNU_LIBC_VERSION
first=$("${PYTHON:-python3}" blocks.py first)
other=$("${PYTHON:-python3}" blocks.py other)
main=$("${java[@]}")
one=$(MALLOC_ARENA_MAX=1 "${java[@]}")
echo "pages that are cleared again, in percent: Python's first thread $first, another thread $other; Java's main $main, with MALLOC_ARENA_MAX=1 $one"
[ "$first" -le 3 ] && [ "$other" -ge 25 ] && [ "$main" -ge 25 ] && [ "$one" -le 3 ] || { echo "It is otherwise now."; exit 1; }
echo "As described."
