package org.elasticvision.runtime.model;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LabelsTest {
    @TempDir
    Path folder;

    @Test
    void readsNamesAndIds() throws IOException {
        Path file = Files.writeString(folder.resolve("labels.txt"), "cat\r\nn01\tgreat dane, dog\r\n");
        List<Label> labels = Labels.read(file);
        assertThat(labels).containsExactly(new Label("cat", "cat"), new Label("n01", "great dane, dog"));
        assertThat(Labels.parse(Labels.format(labels))).isEqualTo(labels);
    }

    @Test
    void knowsThePublishedClasses() {
        assertThat(Labels.imagenet1k())
                .hasSize(1000)
                .first()
                .extracting(Label::id)
                .isEqualTo("n01440764");
        assertThat(Labels.coco80()).hasSize(80).last().isEqualTo(new Label("90", "toothbrush"));
        assertThat(Labels.pascalVoc21())
                .hasSize(21)
                .first()
                .extracting(Label::name)
                .isEqualTo("background");
    }

    @Test
    void saysWhichFileAndLineIsWrong() throws IOException {
        refuses(folder.resolve("none.txt"), "does not exist");
        refuses(folder, "a folder");
        refuses(Files.writeString(folder.resolve("gap.txt"), "one\n\nthree\n"), "line 2 is no label");
        refuses(Files.writeString(folder.resolve("tab.txt"), "one\n\tname\n"), "line 2 is no label");
        refuses(Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe}), "not UTF-8");
        Path large = folder.resolve("large.txt");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        refuses(large, "too large");
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> Labels.read(file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message)
                .hasMessageContaining("one label a line")
                .hasMessageNotContaining("\n");
    }
}
