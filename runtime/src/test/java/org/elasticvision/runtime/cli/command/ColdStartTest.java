package org.elasticvision.runtime.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(OS.WINDOWS)
class ColdStartTest {
    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        System.clearProperty("elasticvision.command");
    }

    @Test
    void theSecondStartCounts() throws Exception {
        script("echo \"$@\" >>'%1$s'; [ -e '%1$s.once' ] || { sleep 3; : >'%1$s.once'; }; echo answer");
        assertThat(measure())
                .hasValueSatisfying(time -> assertThat(time).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2)));
        List<String> said = Files.readAllLines(folder.resolve("said"));
        assertThat(said)
                .hasSize(2)
                .allMatch(line -> line.matches("predict a model.onnx .*\\.jpg --provider cpu --gpu 0"));
        assertThat(Path.of(said.get(0).split(" ")[3])).doesNotExist();
    }

    @Test
    void itEndsWithTheAnswerAndNotWithTheProcess() throws Exception {
        script("echo answer; sleep 2");
        assertThat(measure()).hasValueSatisfying(time -> assertThat(time).isLessThan(Duration.ofMillis(1900)));
    }

    @Test
    void aFailureIsNoTime() throws Exception {
        script("echo answer; exit 1");
        assertThat(measure()).isEmpty();
        script("exit 0");
        assertThat(measure()).isEmpty();
        System.setProperty("elasticvision.command", folder.resolve("none").toString());
        assertThat(measure()).isEmpty();
    }

    @Test
    void withoutAScriptThereIsNone() {
        assertThat(measure()).isEmpty();
    }

    private Optional<Duration> measure() {
        return ColdStart.measure(
                Path.of("a model.onnx"), SamplePictures.jpegs(1).get(0), List.of("--provider", "cpu", "--gpu", "0"));
    }

    private void script(String body) throws Exception {
        Path script = folder.resolve("elastic");
        Files.writeString(script, "#!/bin/sh\n" + body.formatted(folder.resolve("said")) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("elasticvision.command", script.toString());
    }
}
