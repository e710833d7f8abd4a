package org.elasticvision.runtime.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CompletionCommandTest {
    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        CommandRun run = CommandRun.of("completion");
        assertThat(run.exitCode()).isZero();
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash here");
        Path script = folder.resolve("completion.sh");
        Files.writeString(script, run.out());

        assertThat(completed(script, "pred")).containsExactly("predict");
        assertThat(completed(script, "predict", "--thresh")).containsExactly("--threshold");
        assertThat(completed(script, "predict", "--provider", "one")).containsExactly("onednn");
        assertThat(completed(script, "predict", "--exif", "")).containsExactlyInAnyOrder("apply", "ignore");
        assertThat(completed(script, "predict", "--inference-precision", "b")).containsExactly("bf16");
        assertThat(completed(script, "nonsen")).isEmpty();
    }

    /** What bash offers where these words stand behind {@code elastic} and the Tab key is pressed at the end of the last. */
    private List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        Path offered = folder.resolve("offered");
        String line = "source '" + script + "'; COMP_WORDS=(elastic \"$@\"); COMP_CWORD=$#; COMP_LINE=\"elastic $*\";"
                + " COMP_POINT=${#COMP_LINE}; _complete_elastic; printf '%s\\n' \"${COMPREPLY[@]}\"";
        ProcessBuilder bash = new ProcessBuilder("/bin/bash", "-c", line, "bash");
        bash.command().addAll(List.of(words));
        // compopt complains that no key was pressed
        Process process = bash.redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(offered.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(offered, StandardCharsets.UTF_8).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
