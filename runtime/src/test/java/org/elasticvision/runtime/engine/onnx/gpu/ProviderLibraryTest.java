package org.elasticvision.runtime.engine.onnx.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.gpu.GpuPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ProviderLibraryTest {
    @TempDir
    private Path folder;

    /** What it needs tells: built by the C compiler, if there is one. */
    @Test
    void theBuildIsReadFromTheLibrary() throws Exception {
        assertThat(ProviderLibrary.cuda(build("libcudart.so.12"))).isEqualTo(GpuPart.ONNXRUNTIME_12);
        assertThat(ProviderLibrary.cuda(build("libcudart.so.13"))).isEqualTo(GpuPart.ONNXRUNTIME_13);
    }

    @Test
    void mavensBuildWhereNothingLiesUnpacked() throws IOException {
        Path damaged = Files.writeString(folder.resolve("libonnxruntime_providers_cuda.so"), "no library");
        assertThat(ProviderLibrary.cuda(damaged)).isEqualTo(GpuPart.ONNXRUNTIME_12);
        assertThat(ProviderLibrary.cuda()).isEqualTo(GpuPart.ONNXRUNTIME_12);
    }

    /** ONNX Runtime says "Failed to load shared library", and logs why. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheSystemSaysAgainstLoadingIt() throws Exception {
        Path library = build("libnot_there.so.12");
        Files.move(library, folder.resolve("libonnxruntime_providers_cuda.so"));
        Files.delete(folder.resolve("libnot_there.so.12"));
        assertThat(ProviderLibrary.problem(folder.toString(), Provider.CUDA))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("libnot_there.so.12: cannot open shared object file"));
        assertThat(ProviderLibrary.problem(folder.toString(), Provider.TENSORRT))
                .isEmpty();
        assertThat(ProviderLibrary.problem("", Provider.CUDA)).isEmpty();
    }

    private Path build(String needed) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("empty.c"), "int elasticvision_stand_in;");
        Path library = folder.resolve(needed);
        Path provider = folder.resolve("provider.so");
        compile("-Wl,-soname," + needed, "-o", library.toString(), source.toString());
        compile("-Wl,--no-as-needed", "-o", provider.toString(), source.toString(), library.toString());
        return provider;
    }

    private static void compile(String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 3];
        command[0] = "cc";
        command[1] = "-shared";
        command[2] = "-fPIC";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        int code;
        try {
            code = new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            code = 127;
        }
        assumeTrue(code == 0, "there is no C compiler (cc)");
    }
}
