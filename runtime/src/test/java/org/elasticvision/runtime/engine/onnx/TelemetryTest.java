package org.elasticvision.runtime.engine.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ONNX Runtime 1.29 tells its makers about each process, unless the environment says that it should not; and before it does, it writes a
 * number for the machine into the home folder. An application that starts Java as it pleases is not to do so.
 */
class TelemetryTest {
    @TempDir
    Path home;

    @TempDir
    Path folder;

    @Test
    void isOffWhateverTheEnvironment() throws IOException, InterruptedException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elastic.class.getName(),
                        "inspect",
                        model.toString(),
                        "--provider=cpu")
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        List.of("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "XDG_CACHE_HOME")
                .forEach(environment::remove);
        environment.put("HOME", home.toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(file -> file.toString().contains("Microsoft")))
                    .isEmpty();
        }
    }
}
