package org.elasticvision.runtime.cli.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleControlsTest {
    @ParameterizedTest
    @CsvSource({
        "'a\u001b[2Jb', 'a\u241b[2Jb'",
        "'\u0000\b\u0007', '\u2400\u2408\u2407'",
        "'photo.jpg: 9 %\rfake', 'photo.jpg: 9 %\u240dfake'",
        "'\u007f\u009b31m', '\u2421\uFFFD31m'",
        "'a\tb\nc\r\n', 'a\tb\nc\r\n'",
        "'Käse 水 🙂', 'Käse 水 🙂'"
    })
    void controlsBecomeSigns(String text, String visible) {
        assertThat(VisibleControls.of(text)).isEqualTo(visible);
    }

    @Test
    void everyWayToWriteIsCovered() {
        StringWriter written = new StringWriter();
        PrintWriter out = VisibleControls.into(new PrintWriter(written));
        out.write('\u001b');
        out.write("-\u001b-".toCharArray(), 1, 1);
        out.write("-\u001b-", 1, 1);
        out.printf("%s%n", "\u001b");
        assertThat(written).hasToString("\u241b\u241b\u241b\u241b" + System.lineSeparator());
    }
}
