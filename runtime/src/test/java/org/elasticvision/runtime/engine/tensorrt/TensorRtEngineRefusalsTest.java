package org.elasticvision.runtime.engine.tensorrt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.TensorRt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every engine file that cannot be run here is refused in one line with the remedy, before TensorRT is touched. */
class TensorRtEngineRefusalsTest {
    private static final BatchRange BATCH = new BatchRange(1, 4, 8);

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @Test
    void withoutItsDescription() throws IOException {
        Path file = EngineFiles.write(folder.resolve("net.engine"));
        Files.delete(EngineDescription.beside(file));
        assertRefused(file, "net.engine.json is missing");
        assertThat(platform.events).isEmpty();
    }

    @Test
    void damaged() throws IOException {
        Path file = EngineFiles.write(folder.resolve("net.engine"));
        Files.write(file, "ftrt and less".getBytes(StandardCharsets.US_ASCII));
        assertRefused(file, "is not the engine that " + file + ".json describes");
        assertRefused(file, "copy both again; build it again: elastic build-engine net.onnx --batch 1,4,8 -o " + file);
        assertThat(platform.events).isEmpty();
    }

    @Test
    void withoutAGpu() {
        platform.cuda = FakePlatform.noCuda("there is no NVIDIA driver; install it");
        assertRefused(
                EngineFiles.write(folder.resolve("net.engine")),
                "runs on an NVIDIA GPU only: there is no NVIDIA driver; install it (its ONNX model runs on the CPU too)");
        assertThat(platform.events).containsExactly("cuda");
    }

    @Test
    void onAGpuThatIsNotThere() {
        Path file = EngineFiles.write(folder.resolve("net.engine"));
        assertThatThrownBy(() -> TensorRtEngine.open(file, 1, platform))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("there is no GPU 1; the only one is 0");
        platform.cuda = FakePlatform.cuda(FakePlatform.HOPPER, FakePlatform.HOPPER);
        assertThatThrownBy(() -> TensorRtEngine.open(file, 2, platform))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("there is no GPU 2; they are 0 to 1");
        assertThat(platform.events).containsOnly("cuda");
    }

    @Test
    void withoutTensorRt() {
        platform.tensorRt = new TensorRt.Status(Optional.empty(), Optional.of("install it"));
        assertRefused(EngineFiles.write(folder.resolve("net.engine")), "needs TensorRT 10.15.1: install it");
        assertThat(platform.events).containsExactly("cuda", "tensorRt");
    }

    @ParameterizedTest
    @CsvSource({
        "10.15.1, false, true",
        "10.15.2, false, false",
        "10.15.0, false, false",
        "11.0.0, false, false",
        "10.15.1, true, true",
        "10.15.2, true, true",
        "10.16.0, true, true",
        "10.100.0, true, true",
        "10.14.9, true, false",
        "10.9.0, true, false",
        "11.0.0, true, false",
        "9.15.1, true, false"
    })
    void versions(String here, boolean versionCompatible, boolean fits) {
        platform.tensorRt = new TensorRt.Status(Optional.of(here), Optional.empty());
        Path file =
                EngineFiles.write(folder.resolve("net.engine"), BATCH, FakePlatform.HOPPER, false, versionCompatible);
        if (fits) {
            TensorRtEngine.open(file, 0, platform).close();
        } else {
            assertRefused(file, "was built for TensorRT 10.15.1");
            assertRefused(
                    file,
                    "here is " + here + "; build it again: elastic build-engine net.onnx --batch 1,4,8"
                            + (versionCompatible ? " --version-compatible" : "") + " -o " + file);
            assertThat(platform.events).containsOnly("cuda", "tensorRt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9.0, 9.0, false, true",
        "8.6, 9.0, false, false",
        "9.0, 8.6, false, false",
        "8.0, 8.6, false, false",
        "8.6, 9.0, true, true",
        "9.0, 8.0, true, true",
        "8.0, 12.0, true, true",
        "7.5, 9.0, true, false",
        "9.0, 7.5, true, false",
        "7.5, 7.5, true, true"
    })
    void computeCapabilities(String built, String here, boolean hardwareCompatible, boolean fits) {
        platform.cuda = FakePlatform.cuda(gpu(here));
        Path file = EngineFiles.write(folder.resolve("net.engine"), BATCH, gpu(built), hardwareCompatible, false);
        if (fits) {
            TensorRtEngine.open(file, 0, platform).close();
        } else {
            assertRefused(file, "here is one of " + here + " (Some GPU); build it again: elastic build-engine");
            assertRefused(
                    file, "of compute capability " + (hardwareCompatible ? "8.0 or later" : built) + " (Some GPU)");
            assertThat(platform.events).containsOnly("cuda", "tensorRt");
        }
    }

    @Test
    void theCommandNamesTheModelBesideTheEngineAndIsSafeToPaste() throws IOException {
        platform.tensorRt = new TensorRt.Status(Optional.of("11.0.0"), Optional.empty());
        Path spaced = Files.createDirectories(folder.resolve("it's my models"));
        Path model = Files.writeString(spaced.resolve("net.onnx"), "a model");
        Path file = EngineFiles.write(spaced.resolve("net.engine"), BatchRange.of(4), FakePlatform.AMPERE, true, false);
        assertRefused(
                file,
                "; build it again: elastic build-engine '" + model.toString().replace("'", "'\\''")
                        + "' --batch 4 --hardware-compatible -o '"
                        + file.toString().replace("'", "'\\''") + "'");
    }

    private static Gpu gpu(String capability) {
        int dot = capability.indexOf('.');
        return new Gpu(
                "Some GPU",
                Integer.parseInt(capability.substring(0, dot)),
                Integer.parseInt(capability.substring(dot + 1)),
                1L << 30);
    }

    private void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> TensorRtEngine.open(file, 0, platform))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }
}
