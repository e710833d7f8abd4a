package org.elasticvision.runtime.engine.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ONNX Runtime 1.29 looks at the process's command line as it starts, for its telemetry, with a recursion as deep as that is long. Two things
 * keep it from ending the process: telemetry is off, and where it cannot be, the stack has room. This test fails where neither holds.
 */
class LongClassPathTest {
    private static final int LENGTH = 60_000; // far more than the usual stack has room for

    @TempDir
    Path folder;

    @Test
    void doesNotEndTheProcess() throws IOException, InterruptedException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        String absent = Path.of("/not/there").toString();
        String more = (System.getProperty("path.separator") + absent).repeat(LENGTH / absent.length());
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path") + more,
                        Elastic.class.getName(),
                        "inspect",
                        model.toString(),
                        "--provider=cpu")
                .redirectErrorStream(true);
        builder.environment().remove("ORT_DISABLE_TELEMETRY"); // which leaves it out too
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("classification, 3 classes");
    }
}
