package org.elasticvision.convert.zoo;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReleasedTableTest {
    private static final String GOOD = "coco_dla60x dla60x multilabel http://example.org/coco_dla60x.pth.tar";

    private static String table(String lines) {
        return lines.replace(' ', '\t');
    }

    @Test
    void readsFileAndAddress() throws IOException {
        ReleasedModel model = ReleasedTable.read(new StringReader("# a comment\n" + table(GOOD)))
                .get(0);
        assertThat(model.file()).contains("coco_dla60x.pth.tar");
        assertThat(model.address()).contains("http://example.org/coco_dla60x.pth.tar");
        assertThat(ReleasedTable.read(new StringReader(table("dla60x dla60x classification -"))))
                .singleElement()
                .satisfies(unreleased -> assertThat(unreleased.file()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "dla60x dla60x classification, 3 columns instead of 4",
        "dla60x dla61x classification -, unknown architecture 'dla61x'",
        "dla60x dla60x classify -, unknown task 'classify'",
        "resnext_tiny resnext_tiny classification -, resnext_tiny is not of the published code",
        "densenet201 densenet201 segmentation -, densenet201 has no form for segmentation",
        "dla60x dla60x classification http://example.org/dla60.pth.tar, does not end with the model's file"
    })
    void refusesWhatIsNoModelWithItsLine(String line, String reason) {
        assertThatThrownBy(() -> ReleasedTable.read(new StringReader(table(line))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line.split(" ")[0])
                .hasMessageContaining(reason);
    }

    @Test
    void refusesASecondModelOfOneName() {
        assertThatThrownBy(() -> ReleasedTable.read(new StringReader(table(GOOD + "\n" + GOOD))))
                .hasMessageContaining("a second model of this name");
    }
}
