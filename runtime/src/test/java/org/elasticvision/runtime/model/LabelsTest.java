package org.elasticvision.runtime.model;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void readsTheFormsInWhichListsArePassedOn() throws IOException {
        List<Label> pets = List.of(new Label("ant", "ant"), new Label("bee", "bee"));
        for (String text : List.of(
                "\uFEFFant\r\nbee\r\n\r\n  \r\n",
                "0: ant\n1: bee\n",
                "1) ant\n2) bee",
                "1: bee\n0: ant",
                "[\"ant\", \"bee\"]",
                "{\"1\": \"bee\", \"0\": \"ant\"}",
                "{0: 'ant',\n 1: 'bee'}",
                "{\"ant\": 0, \"bee\": 1}",
                "{\"architectures\": [\"X\"], \"id2label\": {\"0\": \"ant\", \"1\": \"bee\"}}")) {
            assertThat(Labels.read(Files.writeString(folder.resolve("labels"), text)))
                    .as(text)
                    .isEqualTo(pets);
        }
        List<Label> fish = List.of(new Label("n01440764", "tench, Tinca tinca"), new Label("n01443537", "goldfish"));
        for (String text : List.of(
                "n01440764 tench, Tinca tinca\nn01443537 goldfish\n",
                "{\"0\": [\"n01440764\", \"tench, Tinca tinca\"], \"1\": [\"n01443537\", \"goldfish\"]}")) {
            assertThat(Labels.read(Files.writeString(folder.resolve("labels"), text)))
                    .as(text)
                    .isEqualTo(fish);
        }
        Path utf16 = folder.resolve("utf16");
        Files.write(utf16, "\uFEFFant\r\nbee\r\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(Labels.read(utf16)).isEqualTo(pets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 star\n2 stars", "3: best", "10: a\n21: b", "0: a\nb", "0: a\n2: b"})
    void linesThatOnlyBeginWithNumbersStayAsTheyAre(String text) throws IOException {
        assertThat(Labels.read(Files.writeString(folder.resolve("labels"), text)))
                .extracting(Label::name)
                .containsExactlyElementsOf(text.lines().toList());
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
        refuses(Files.writeString(folder.resolve("gap.txt"), "one\n\nthree\n"), "line 2 is not a label");
        refuses(Files.writeString(folder.resolve("tab.txt"), "one\n\tname\n"), "line 2 is not a label");
        refuses(Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0x61}), "not UTF-8");
        refuses(Files.writeString(folder.resolve("empty.txt"), "\n\n"), "is empty");
        refuses(Files.writeString(folder.resolve("list.json"), "[\"a\", 3]"), "3 is neither a name nor [id, name]");
        refuses(Files.writeString(folder.resolve("gap.json"), "{\"0\": \"a\", \"2\": \"b\"}"), "without a gap");
        refuses(Files.writeString(folder.resolve("none.json"), "{\"a\": \"b\"}"), "'a' is not a class's number");
        refuses(Files.writeString(folder.resolve("half.json"), "[\"a\", "), "begins like JSON but is not valid JSON");
        Path large = folder.resolve("large.txt");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        refuses(large, "too large");
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> Labels.read(file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageMatching(Pattern.quote(file.toString()) + "(:| does not exist;) .*")
                .hasMessageContaining(message)
                .hasMessageContaining("one label a line")
                .hasMessageNotContaining("\n");
    }
}
