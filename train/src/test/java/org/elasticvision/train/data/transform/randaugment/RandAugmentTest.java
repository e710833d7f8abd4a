package org.elasticvision.train.data.transform.randaugment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.transform.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RandAugmentTest {
    private static final Path FILE =
            Path.of("src/test/resources/org/elasticvision/train/data/transform/randaugment/operations.tsv");

    record Row(String picture, int width, int height, int operations, String numbers, String magnitudes, String sums) {
        static Row parse(String line) {
            String[] cells = line.split("\t", -1);
            return new Row(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Integer.parseInt(cells[2]),
                    Integer.parseInt(cells[3]),
                    cells[4],
                    cells[5],
                    cells[6]);
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(FILE).stream().map(Row::parse).toList();
    }

    /** With the same random numbers, the same pixels as torchvision's over Pillow. */
    @ParameterizedTest
    @MethodSource("rows")
    void pixelsAreTorchvisions(Row row) {
        RgbImage image = picture(row);
        byte[] before = image.pixels().clone();
        String[] magnitudes = row.magnitudes().split(" ", -1);
        String[] sums = row.sums().split(" ", -1);
        assertThat(sums).hasSameSizeAs(magnitudes);
        for (int i = 0; i < sums.length; i++) {
            Script random = new Script(List.of(), wholes(row.numbers()));
            RgbImage varied = new RandAugment(row.operations(), Integer.parseInt(magnitudes[i])).apply(image, random);
            assertThat(varied.width()).isEqualTo(row.width());
            assertThat(checksum(varied)).as("of magnitude %s", magnitudes[i]).isEqualTo(sums[i]);
            assertThat(random.isUsedUp()).isTrue();
        }
        assertThat(image.pixels()).as("the image itself").isEqualTo(before);
    }

    @Test
    void allOperationsAreAmongThem() throws IOException {
        assertThat(rows().stream().map(row -> wholes(row.numbers()).get(0)).distinct())
                .hasSize(Operation.values().length);
        assertThat(RandAugment.MOST_OPERATIONS).isEqualTo(Operation.values().length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 9, operations 0 must be between 1 and 14",
        "15, 9, operations 15 must be between 1 and 14",
        "2, -1, magnitude -1 must be between 0 and 30",
        "2, 31, magnitude 31 must be between 0 and 30"
    })
    void refusesWhatTorchvisionHasNot(int operations, int magnitude, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandAugment(operations, magnitude))
                .withMessage(message);
    }

    private static List<Integer> wholes(String numbers) {
        return Arrays.stream(numbers.split(" ", -1)).map(Integer::valueOf).toList();
    }

    /** The same as in make_randaugment.py. */
    private static RgbImage picture(Row row) {
        byte[] levels = Pictures.picture(row.width(), row.height()).pixels();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = switch (row.picture()) {
                case "plain" -> levels[i];
                case "dim" -> (byte) ((levels[i] & 0xFF) / 3 + 60);
                case "flat" -> (byte) (i % 3 * 120 + 7);
                default -> throw new AssertionError(row);
            };
        }
        return new RgbImage(row.width(), row.height(), levels);
    }

    private static String checksum(RgbImage image) {
        CRC32 sum = new CRC32();
        sum.update(image.pixels());
        return String.format("%08x", sum.getValue());
    }
}
