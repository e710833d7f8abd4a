package org.elasticvision.runtime.cli.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code labels.txt} beside masks and IDX files, as {@code evaluate} goes by it. */
class OwnLabelsTest {
    @TempDir
    private Path folder;

    @Test
    void masksArePairedByNames() throws IOException {
        Path voc = new EvaluationData(folder).segmentation();
        Path model = TestModels.segmenter(folder, -1);
        List<String> known = figures(CommandRun.of("evaluate", model, voc));
        Path labels = voc.resolve("VOC2012/labels.txt");
        Files.writeString(labels, "red\ngreen\nblue\n");
        assertThat(figures(CommandRun.of("evaluate", model, voc))).isEqualTo(known);
        Files.writeString(labels, "blue\ngreen\nred\n");
        List<String> swapped = figures(CommandRun.of("evaluate", model, voc));
        assertThat(swapped).isNotEqualTo(known);
        for (String name : List.of("a.png", "b.png")) {
            swapFirstAndLast(voc.resolve("VOC2012/masks").resolve(name));
        }
        assertThat(figures(CommandRun.of("evaluate", model, voc))).isEqualTo(known);
        assertThat(figures(CommandRun.of("evaluate", "--by-order", model, voc))).isEqualTo(swapped);
    }

    @Test
    void namesThatTheModelHasNotAndValuesWithoutANameAreRefused() throws IOException {
        Path voc = new EvaluationData(folder).segmentation();
        Path model = TestModels.segmenter(folder, -1);
        Path labels = voc.resolve("VOC2012/labels.txt");
        Files.writeString(labels, "red\ndog\nblue\n");
        assertThat(failed(CommandRun.of("evaluate", model, voc)))
                .contains(labels + ": label 'dog' of 3 is not among the model's 3");
        Files.writeString(labels, "red\ngreen\n");
        assertThat(failed(CommandRun.of("evaluate", model, voc)))
                .contains("a.png: has the value 2, and labels.txt names 2 classes; 255 is void");
    }

    @Test
    void idxFilesArePairedByNames() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        byte[] levels = new byte[4 * 16];
        IdxFiles.write(folder.resolve("t10k-images-idx3-ubyte"), IdxFiles.encode(levels, 4, 4, 4));
        Path numbers = folder.resolve("t10k-labels-idx1-ubyte");
        IdxFiles.write(numbers, IdxFiles.encode(new byte[] {0, 0, 0, 1}, 4));
        List<String> known = figures(CommandRun.of("evaluate", model, folder));
        Files.writeString(folder.resolve("labels.txt"), "blue\nred\ngreen\n");
        assertThat(figures(CommandRun.of("evaluate", "--by-order", model, folder)))
                .isEqualTo(known);
        IdxFiles.write(numbers, IdxFiles.encode(new byte[] {1, 1, 1, 2}, 4));
        assertThat(figures(CommandRun.of("evaluate", model, folder))).isEqualTo(known);
    }

    private static void swapFirstAndLast(Path file) {
        IndexImage mask = PngFiles.readIndices(file);
        byte[] values = mask.indices();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0 || values[i] == 2) {
                values[i] = (byte) (2 - values[i]);
            }
        }
        PngFiles.write(mask, PascalColors.palette(), file);
    }

    /** All that it prints but for the times. */
    private static List<String> figures(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.outLines().stream()
                .filter(line -> !line.contains("images/s"))
                .toList();
    }

    private static String failed(CommandRun run) {
        assertThat(run.exitCode()).isEqualTo(1);
        return run.err();
    }
}
