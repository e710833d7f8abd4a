package org.elasticvision.runtime.cli.prediction;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code predict -o} and {@code --annotate}. */
class PredictionOutputsTest {
    @TempDir
    Path folder;

    @Test
    void classificationsAreRowsOfTheClassesShown() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        Path photo = photo("a, b.png", 0x0000FF);
        List<String> lines = lines("a.csv", "--top", 2, model, photo);
        assertThat(lines.get(0))
                .isEqualTo("path,answer_index,answer,probability,answer_index_2,answer_2,probability_2");
        assertThat(lines.get(1)).startsWith("\"" + photo + "\",2,blue,0.99").contains(",0,red,4.5");
        assertThat(lines).hasSize(2);
        assertThat(lines("b.csv", "--threshold", 0.5, model, photo).get(1)).endsWith(",,,,,,");
        assertThat(lines("c.csv", model, photo).get(0)).endsWith(",answer_index_3,answer_3,probability_3");
    }

    @Test
    void jsonLinesAreTheObjectsOfJson() throws IOException {
        for (Path model : List.of(
                TestModels.classifier(folder, -1),
                TestModels.multiLabel(folder, -1),
                TestModels.segmenter(folder, 1))) {
            Path photo = photo("a.png", 0x0000FF);
            assertThat(lines("a.JSONL", model, photo, photo))
                    .isEqualTo(CommandRun.of("predict", "--json", model, photo, photo)
                            .outLines())
                    .hasSize(2);
        }
    }

    @Test
    void labelSetsHaveAllProbabilitiesAndSegmentationsAllShares() throws IOException {
        Path purple = photo("a.png", 0xFF00FF);
        List<String> sets = lines("a.csv", TestModels.multiLabel(folder, -1), purple);
        assertThat(sets.get(0)).isEqualTo("path,answer,red,green,blue");
        assertThat(sets.get(1)).startsWith(purple + ",red;blue,0.99");
        List<String> masks = lines("b.csv", TestModels.segmenter(folder, 1), photo("b.png", 0x00FF00));
        assertThat(masks)
                .containsExactly("path,width,height,red,green,blue", folder.resolve("b.png") + ",9,7,0.0,1.0,0.0");
    }

    @Test
    void imagesThatCannotBeDecodedAreNotInTheFile() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        Path bad = Files.writeString(folder.resolve("bad.png"), "not an image");
        Path table = folder.resolve("new/answers.csv");
        CommandRun run = CommandRun.of("predict", "-o", table, model, bad, photo("a.png", 0xFF0000));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(2);
        assertThat(table).content().hasLineCount(2).doesNotContain("bad");
        Path none = folder.resolve("none/answers.csv");
        assertThat(CommandRun.of("predict", "-o", none, model, bad).exitCode()).isEqualTo(1);
        assertThat(none.getParent()).as("neither the file nor its folder").doesNotExist();
        try (Stream<Path> left = Files.list(table.getParent())) {
            assertThat(left).containsExactly(table);
        }
    }

    @Test
    void aFileThatWouldDoHarmIsRefused() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        Path photo = photo("photo.csv", 0xFF0000);
        refused("-o answers.txt must end in .csv or .jsonl", "-o", "answers.txt", model, photo);
        refused("-o " + photo + " is an image itself; name another file", "-o", photo, model, photo);
        refused(
                "--annotate is about images, and --tensor is none",
                "--annotate",
                folder,
                model,
                "--tensor",
                "x.npy",
                "--logits",
                "y.npy");
        assertThat(ImageIO.read(photo.toFile())).isNotNull();
    }

    private static void refused(String message, Object... words) {
        CommandRun.of(Stream.concat(Stream.of("predict"), Arrays.stream(words)).toArray())
                .assertRefused(message);
    }

    @Test
    void theAnswerIsWrittenBelowThePicture() throws IOException {
        Path out = folder.resolve("out");
        Path photo = photo("a.png", 0x123456);
        Path other = Files.createDirectory(folder.resolve("other")).resolve("a.png");
        Files.copy(photo, other);
        for (Path model : List.of(TestModels.classifier(folder, -1), TestModels.multiLabel(folder, -1))) {
            CommandRun run = CommandRun.of("predict", "--json", "--annotate", out, model, photo, other);
            assertThat(run.err()).isEmpty();
            assertThat(run.outLines().get(1))
                    .contains(out.resolve("a-2.annotated.png").toString());
            RgbImage picture = ImageSource.of(out.resolve("a-2.annotated.png")).decode(Orientation.IGNORE_EXIF);
            assertThat(picture.width()).as("9 pixels, each 35 times").isEqualTo(315);
            assertThat(picture.height()).isGreaterThan(245 + 12);
            for (int i = 0; i < 315 * 245; i++) {
                assertThat(picture.pixels()[3 * i]).isEqualTo((byte) 0x12);
            }
            assertThat(Arrays.copyOfRange(picture.pixels(), 3 * 315 * 245, picture.pixels().length))
                    .contains((byte) 0xFF, (byte) 0x1B);
        }
    }

    @Test
    void aSegmentationHasItsLegendAndStaysBesideItsOverlay() throws IOException {
        Path photo = photo("a.png", 0x00FF00);
        CommandRun run = CommandRun.of(
                "predict",
                "--annotate",
                folder,
                "--overlay",
                folder.resolve("out"),
                TestModels.segmenter(folder, 1),
                photo);
        assertThat(run.err()).isEmpty();
        byte[] pixels = ImageSource.of(folder.resolve("a.annotated.png"))
                .decode(Orientation.IGNORE_EXIF)
                .pixels();
        assertThat(pixels).startsWith(64, (byte) 128, 0); // half of green and half of PASCAL's colour 1
        int legend = 3 * ((245 + 6 + 8) * 315 + 6 + 6);
        assertThat(Arrays.copyOfRange(pixels, legend, legend + 3)).containsExactly((byte) 128, 0, 0);
        assertThat(folder.resolve("out/a.overlay.png")).isRegularFile();
    }

    @Test
    void anImageThatIsReadIsNotOverwritten() throws IOException {
        Path photo = photo("a.annotated.png", 0x00FF00);
        CommandRun run = CommandRun.of(
                "predict", "--annotate", folder, TestModels.classifier(folder, 1), photo("a.png", 0), photo);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .containsExactly("elastic: " + folder + ": writing a.annotated.png here would overwrite a file that is"
                        + " to be read; give another folder to --annotate");
        assertThat(photo).exists();
    }

    private List<String> lines(String name, Object... words) throws IOException {
        Path file = folder.resolve(name);
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("predict", "-o", file), Arrays.stream(words))
                .toArray());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return Files.readAllLines(file);
    }

    private Path photo(String name, int rgb) throws IOException {
        Path file = folder.resolve(name);
        BufferedImage image = TestModels.plain(9, 7, rgb);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
