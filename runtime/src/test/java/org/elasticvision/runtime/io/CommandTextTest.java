package org.elasticvision.runtime.io;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A command that is printed can be pasted. */
class CommandTextTest {
    @AfterEach
    void forget() {
        System.clearProperty(CommandText.PROPERTY);
    }

    @Test
    void wordsAreQuotedWhereAShellWouldTakeThemApart() {
        assertThat(CommandText.of("predict", Path.of("my photos/m\u00f6del.onnx"), "it's", "a$b", "~x", "1,8,32", ""))
                .isEqualTo("elastic predict 'my photos/m\u00f6del.onnx' 'it'\\''s' 'a$b' '~x' 1,8,32 ''");
    }

    @Test
    void theLauncherIsCalledAsItWas() {
        System.setProperty(CommandText.PROPERTY, "./elastic");
        assertThat(CommandText.of("demo")).isEqualTo("./elastic demo");
        System.setProperty(CommandText.PROPERTY, "/opt/my tools/bin/elastic");
        assertThat(CommandText.of("demo")).isEqualTo("'/opt/my tools/bin/elastic' demo");
    }
}
