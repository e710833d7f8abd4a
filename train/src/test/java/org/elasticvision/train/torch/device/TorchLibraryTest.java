package org.elasticvision.train.torch.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class TorchLibraryTest {
    @TempDir
    private Path folder;

    /** What a child JVM runs. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            TorchThreads.set(1);
            System.out.println("LibTorch computes with " + TorchThreads.get() + " thread");
        }
    }

    /** Nothing unpacked yet, and another PyTorch, in which nothing is, where the dynamic loader looks first. */
    @Test
    void anotherPyTorchOnTheMachineIsLeftAlone() throws Exception {
        assumeTrue(Loader.getPlatform().startsWith("linux"), "the dynamic loader of Linux is what this is about");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path source = Files.writeString(folder.resolve("empty.c"), "int nothing_of_torch;\n");
        for (String name : new String[] {"libc10.so", "libtorch_cpu.so", "libtorch.so"}) {
            assumeTrue(compiles(source, other.resolve(name), name), "there is no C compiler (cc)");
        }
        Path log = folder.resolve("log");
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        child.environment().put("LD_LIBRARY_PATH", other.toString());
        Process process = child.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(log)).contains("LibTorch computes with 1 thread");
        assertThat(process.exitValue()).isZero();
    }

    private static boolean compiles(Path source, Path library, String name) throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-Wl,-soname," + name,
                                    "-o",
                                    library.toString(),
                                    source.toString())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
