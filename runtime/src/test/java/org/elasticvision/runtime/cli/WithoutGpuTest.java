package org.elasticvision.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.EngineFiles;
import org.elasticvision.runtime.engine.tensorrt.StandIns;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Who asks for a GPU where there is none gets one clear line, not a crash, and not the CPU instead. */
class WithoutGpuTest {
    @TempDir
    Path folder;

    private Path model;
    private Path engine;
    private Path image;

    @BeforeEach
    void writeFiles() throws Exception {
        model = TestModels.classifier(folder, TensorShape.ANY);
        engine = EngineFiles.write(folder.resolve("net.engine"));
        image = Files.writeString(folder.resolve("photo.jpg"), "never read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "tensorrt"})
    void providers(String provider) {
        assumeNoGpu();
        for (int i = 0; i < 2; i++) { // the second time another class of Java's errors comes
            CommandRun predict = CommandRun.of("predict", model, image, "--provider", provider);
            assertProviderRefused(predict.exitCode(), predict.out(), predict.errLines(), provider);
            assertThat(predict.err()).contains("ELASTIC_MAVEN=-Pcuda ./elastic"); // what the default build lacks
            CommandRun evaluate = CommandRun.of("evaluate", model, folder, "--provider", provider, "--gpu", "1");
            assertProviderRefused(evaluate.exitCode(), evaluate.out(), evaluate.errLines(), provider);
        }
    }

    @Test
    void engineFiles() {
        assumeNoGpu();
        for (int i = 0; i < 2; i++) {
            CommandRun run = CommandRun.of("predict", engine, image, "--provider", "tensorrt");
            assertEngineRefused(run.exitCode(), run.out(), run.errLines());
        }
    }

    @Test
    void statusTwice() {
        assumeNoGpu();
        assertThat(Cuda.status()).isEqualTo(Cuda.status());
        assertThat(Cuda.status().gpus()).isEmpty();
        assertThat(Cuda.status().problem())
                .hasValueSatisfying(problem -> assertThat(problem).isNotBlank().doesNotContain("\n"));
        assertThat(TensorRt.status()).isEqualTo(TensorRt.status());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDriverWithoutAGpu() throws Exception {
        StandIns driver = StandIns.driverWithoutGpu(Files.createDirectory(folder.resolve("driver")));
        for (String provider : List.of("cuda", "tensorrt")) {
            StandIns.Result run = driver.java(Elastic.class, "predict", model, image, "--provider", provider);
            assertProviderRefused(run.exitCode(), run.out(), run.err().lines().toList(), provider);
            assertThat(run.err()).contains("CUDA finds no usable GPU (no CUDA-capable device is detected)");
        }
        StandIns.Result run = driver.java(Elastic.class, "predict", engine, image);
        assertEngineRefused(run.exitCode(), run.out(), run.err().lines().toList());
        assertThat(run.err()).contains("CUDA finds no usable GPU (no CUDA-capable device is detected)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--provider gpu", "--provider CUDA", "--gpu -1", "--gpu x"})
    void wrongWordsAreWrongUsage(String option) {
        for (String command : List.of("predict", "evaluate")) {
            String[] words = option.split(" ");
            CommandRun run = CommandRun.of(command, model, image, words[0], words[1]);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errLines()).singleElement().asString().contains(words[0]);
        }
    }

    private void assertProviderRefused(int exitCode, String out, List<String> err, String provider) {
        assertThat(err)
                .singleElement()
                .asString()
                .startsWith("elastic: " + model + " cannot run with the provider " + provider + ": ");
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).isEmpty();
    }

    private void assertEngineRefused(int exitCode, String out, List<String> err) {
        assertThat(err).singleElement().asString().startsWith("elastic: " + engine + " runs on an NVIDIA GPU only: ");
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).isEmpty();
    }

    private static void assumeNoGpu() {
        assumeTrue(Cuda.status().problem().isPresent(), "this machine has a GPU");
    }
}
