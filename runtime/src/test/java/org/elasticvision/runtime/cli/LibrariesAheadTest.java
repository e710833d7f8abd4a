package org.elasticvision.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.runtime.cli.LibrariesAhead.Guess;
import org.elasticvision.runtime.engine.Provider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LibrariesAheadTest {
    @TempDir
    Path folder;

    private Path model;
    private Path photo;

    @BeforeEach
    void files() throws Exception {
        model = Files.writeString(folder.resolve("model.onnx"), "no model");
        photo = Files.writeString(folder.resolve("photo.jpg"), "no photo");
    }

    /** MODEL and PHOTO stand for the files. */
    private String[] words(String line) {
        return Arrays.stream(line.split(" "))
                .map(word -> word.equals("MODEL") ? model.toString() : word.equals("PHOTO") ? photo.toString() : word)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "predict MODEL PHOTO, auto",
        "predict MODEL PHOTO --top 3, auto",
        "predict --json MODEL PHOTO, auto",
        "predict --provider auto MODEL PHOTO, auto",
        "predict --provider onednn MODEL PHOTO, onednn",
        "predict MODEL --provider=onednn PHOTO, onednn",
        "predict MODEL PHOTO --provider cpu, cpu",
    })
    void whatWillRunIsKnownFromTheWords(String line, String provider) {
        assertThat(LibrariesAhead.guess(words(line))).contains(new Guess(model, new Provider(provider)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "predict",
                "predict none.onnx",
                "evaluate MODEL PHOTO",
                "--verbose predict MODEL PHOTO",
                "predict MODEL PHOTO --provider cuda",
                "predict MODEL PHOTO --provider=openvino",
                "predict MODEL PHOTO --provider Nonsense",
                "predict MODEL PHOTO --provider-library PHOTO",
                "predict MODEL PHOTO --device npu",
                "predict MODEL PHOTO --gpu 1",
                "predict MODEL PHOTO --inference-precision bf16",
                "predict @more MODEL PHOTO",
            })
    void whereThatIsInDoubtNothingIsDone(String line) {
        assertThat(LibrariesAhead.guess(words(line))).isEmpty();
    }

    @Test
    void whatGoesWrongIsLeftToTheCommand() {
        CommandRun run = CommandRun.of("predict", model.toString(), photo.toString());
        try (LibrariesAhead ahead = LibrariesAhead.start("predict", model.toString(), photo.toString())) {
            assertThat(CommandRun.of("predict", model.toString(), photo.toString())
                            .err())
                    .isEqualTo(run.err())
                    .hasLineCount(1);
        }
    }
}
