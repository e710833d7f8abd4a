package org.elasticvision.train.data.transform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.SegmentationTransform;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** With the same random numbers, the same inputs as Pillow, torch and torchvision make, to the last bit. */
class ReferenceTest {
    private static final Path FILE = Path.of("src/test/resources/org/elasticvision/train/data/transform/reference.tsv");

    record Row(
            String kind,
            int width,
            int height,
            int side,
            String uniforms,
            String wholes,
            String box,
            List<String> sha) {
        static Row parse(String line) {
            String[] cells = line.split("\t", -1);
            return new Row(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Integer.parseInt(cells[2]),
                    Integer.parseInt(cells[3]),
                    cells[4],
                    cells[5],
                    cells[6],
                    List.of(cells[7], cells[8]));
        }
    }

    static List<Row> crops() throws IOException {
        return rows("crop");
    }

    static List<Row> segments() throws IOException {
        return rows("segment");
    }

    static List<String> recipes() throws IOException {
        return Files.readAllLines(FILE.resolveSibling("randaugment/inputs.tsv"));
    }

    private static List<Row> rows(String kind) throws IOException {
        return Files.readAllLines(FILE).stream()
                .map(Row::parse)
                .filter(row -> row.kind().equals(kind))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("crops")
    void cropsAreTorchvisions(Row row) {
        CropBox box = CropBox.random(row.width(), row.height(), 0.08, 4.0 / 3, Script.of(row.uniforms(), row.wholes()));
        assertThat(box.x() + " " + box.y() + " " + box.width() + " " + box.height())
                .isEqualTo(row.box());

        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, row.side(), row.side());
        Script script = Script.of(row.uniforms(), row.wholes());
        FloatBuffer input = Pictures.buffer(3 * row.side() * row.side());
        ImageTransform.training(preprocessing, Augmentation.published())
                .write(Pictures.picture(row.width(), row.height()), script, input, 0);

        assertThat(sha(input)).isEqualTo(row.sha().get(0));
        assertThat(script.isUsedUp()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("segments")
    void segmentationInputsArePillowsAndTorchs(Row row) {
        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.PAD, row.side(), row.side());
        Script script = Script.of(row.uniforms(), row.wholes());
        FloatBuffer input = Pictures.buffer(3 * row.side() * row.side());

        byte[] mask = SegmentationTransform.training(preprocessing, Augmentation.published())
                .write(
                        Pictures.picture(row.width(), row.height()),
                        Pictures.mask(row.width(), row.height()),
                        script,
                        input,
                        0)
                .pixels();

        assertThat(List.of(sha(input), sha(mask))).isEqualTo(row.sha());
        assertThat(script.isUsedUp()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void theOrderIsThatOfTorchvisionsRecipe(String line) {
        String[] cells = line.split("\t", -1);
        int side = Integer.parseInt(cells[2]);
        RandAugment operations = new RandAugment(Integer.parseInt(cells[3]), Integer.parseInt(cells[4]));
        Augmentation augmentation = Augmentation.published()
                .withRandAugment(Optional.of(operations))
                .withErasing(Double.parseDouble(cells[5]));
        Script script = Script.of(cells[6], cells[7]);
        FloatBuffer input = Pictures.buffer(3 * side * side);

        ImageTransform.training(Pictures.preprocessing(Preprocessing.Fit.STRETCH, side, side), augmentation)
                .write(Pictures.picture(Integer.parseInt(cells[0]), Integer.parseInt(cells[1])), script, input, 0);

        assertThat(sha(input)).isEqualTo(cells[8]);
        assertThat(script.isUsedUp()).isTrue();
    }

    private static String sha(FloatBuffer floats) {
        ByteBuffer bytes = ByteBuffer.allocate(floats.limit() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(Pictures.floats(floats));
        return sha(bytes.array());
    }

    private static String sha(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
