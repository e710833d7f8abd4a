package org.elasticvision.runtime.engine.tensorrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Native libraries that stand in for NVIDIA's, compiled from {@code src/test/c}, for Java processes of their own. */
public final class StandIns {
    private static final Path SOURCES = Path.of("src/test/c");

    private final Path folder;

    private StandIns(Path folder) {
        this.folder = folder;
    }

    /** A driver and CUDA that find no GPU. Without a C compiler the test is skipped. */
    public static StandIns driverWithoutGpu(Path folder) throws IOException, InterruptedException {
        boolean compiler;
        try {
            compiler = run(new ProcessBuilder("cc", "--version")).exitCode() == 0;
        } catch (IOException e) {
            compiler = false;
        }
        assumeTrue(compiler, "there is no C compiler (cc) to build the stand-in for the driver with");
        return new StandIns(folder).with("libcuda.so.1", "libcuda.c").with("libcudart.so.13", "libcudart.c");
    }

    /** Adds a TensorRT that only logs and deletes, and what its bridge needs to load. */
    StandIns andTensorRt() throws IOException, InterruptedException {
        for (String library : List.of(
                "libcublas.so.13",
                "libcublasLt.so.13",
                "libcudnn_cnn.so.9",
                "libcudnn_adv.so.9",
                "libcudnn_ops.so.9",
                "libcudnn_graph.so.9",
                "libnvrtc.so.13")) {
            with(library, "empty.c");
        }
        return with("libnvinfer.so.10", "libnvinfer.c");
    }

    private StandIns with(String library, String source) throws IOException, InterruptedException {
        // The bridges ask for symbols of a version that is called as the library.
        Path versions = Files.writeString(folder.resolve(library + ".map"), library + " { global: *; };\n");
        Result result = run(new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-Wl,-soname," + library,
                "-Wl,--version-script=" + versions,
                "-o",
                folder.resolve(library).toString(),
                SOURCES.resolve(source).toString()));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return this;
    }

    /**
     * What a process did.
     *
     * @param exitCode 134 or more where it crashed
     */
    public record Result(int exitCode, String out, String err) {}

    /** Runs a class of this class path with these libraries. */
    public Result java(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LD_LIBRARY_PATH", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return run(builder);
    }

    private static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path err = Files.createTempFile("stand-in", ".err");
        try {
            Process process = builder.redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out;
            try (InputStream in = process.getInputStream()) {
                out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Result(process.exitValue(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
