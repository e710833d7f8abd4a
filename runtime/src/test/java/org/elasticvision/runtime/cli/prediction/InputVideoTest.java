package org.elasticvision.runtime.cli.prediction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InputVideoTest {
    private static final Path LAUNCHER = Path.of("..", "ci", "distribution", "src", "bin", "elastic");

    @ParameterizedTest
    @CsvSource({
        "clip.mp4, true",
        "a.b/CLIP.MoV, true",
        "mp4, false",
        "clip.mp4/x, false",
        "clip.jpg, false",
        ".ts, true"
    })
    void aVideoIsOneByItsName(String name, boolean video) {
        assertThat(InputVideo.isMeant(name)).isEqualTo(video);
    }

    /** Which treats a command about one picture in another way. */
    @Test
    void theLauncherKnowsTheSameNames() throws IOException {
        String launcher = Files.readString(LAUNCHER);
        for (String extension : InputVideo.EXTENSIONS) {
            String anyCase = extension
                    .chars()
                    .mapToObj(letter -> Character.isDigit(letter)
                            ? Character.toString(letter)
                            : "[" + Character.toString(Character.toUpperCase(letter)) + Character.toString(letter)
                                    + "]")
                    .collect(Collectors.joining("", "*.", ""));
            assertThat(launcher).containsPattern(Pattern.quote(anyCase) + " ?[|)]");
        }
    }
}
