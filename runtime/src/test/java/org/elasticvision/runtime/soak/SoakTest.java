package org.elasticvision.runtime.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whether memory stays flat over many inferences and models, in a process of its own whose heap is resident from the start. */
class SoakTest {
    private static final long FLAT = 12 * 1024; // kB, as the process counts

    @TempDir
    Path folder;

    @BeforeEach
    void requireProc() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from Linux's /proc");
    }

    /** Measured: 4 MB, as after a tenth of them. */
    @Test
    void aHundredThousandInferencesAndAThousandModels() throws Exception {
        Result result = soak(100_000, false);
        assertThat(result.models()).isGreaterThanOrEqualTo(1000);
        assertThat(result.grownKilobytes()).isLessThan(FLAT);
    }

    /** Measured: 50 MB, so 125 kB for a model. */
    @Test
    void modelsLeftOpenWouldBeSeen() throws Exception {
        assertThat(soak(50_000, true).grownKilobytes()).isGreaterThan(FLAT);
    }

    private record Result(int models, long grownKilobytes) {}

    private Result soak(int inferences, boolean leak) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed.txt");
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                Soak.class.getName(),
                TestModels.classifier(folder, TensorShape.ANY).toString(),
                String.valueOf(inferences),
                String.valueOf(leak));
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        int exit = program.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        String text = Files.readString(printed, StandardCharsets.UTF_8);
        assertThat(exit).as(text).isZero();
        List<String> numbers =
                List.of(text.lines().reduce((first, last) -> last).orElseThrow().split(" "));
        assertThat(numbers.get(0)).isEqualTo(String.valueOf(inferences));
        return new Result(Integer.parseInt(numbers.get(1)), Long.parseLong(numbers.get(2)));
    }
}
