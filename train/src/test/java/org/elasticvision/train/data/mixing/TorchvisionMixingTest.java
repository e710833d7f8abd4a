package org.elasticvision.train.data.mixing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** With the same random numbers, the same bits as torchvision's. */
class TorchvisionMixingTest {
    private static final Path FILE = Path.of("src/test/resources/org/elasticvision/train/data/mixing/mixing.tsv");
    private static final int CLASSES = 5;

    static Stream<String> rows() throws IOException {
        return Files.readAllLines(FILE).stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void mixesAsTorchvision(String row) throws NoSuchAlgorithmException {
        String[] cells = row.split("\t", -1);
        int[] shape = numbers(cells[1]);
        double share = Double.parseDouble(cells[2]);
        FloatBuffer images = images(shape[0], shape[1], shape[2]);
        double left = share;
        if (cells[0].equals("MixUp")) {
            MixUp.mix(images, shape[0], share);
        } else {
            int[] centre = numbers(cells[3]);
            CutMix box = CutMix.around(share, centre[0], centre[1], shape[2], shape[1]);
            assertThat(new int[] {box.left(), box.top(), box.right(), box.bottom()})
                    .isEqualTo(numbers(cells[4]));
            box.apply(images, shape[0]);
            left = box.share();
        }
        assertThat(bits(new BatchMixing(1, 0, CLASSES).target(target(cells[5]), left)))
                .isEqualTo(cells[7]);
        assertThat(sha256(images)).isEqualTo(cells[6]);
    }

    /** As make_mixing.py says. */
    private static FloatBuffer images(int count, int height, int width) {
        FloatBuffer images = Pictures.buffer(count * 3 * height * width);
        for (int i = 0; i < images.capacity(); i++) {
            images.put(i, (float) (i * 0x9E3779B1 / (double) (1 << 30)));
        }
        return images;
    }

    private static int[] numbers(String cell) {
        return Stream.of(cell.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private static Target target(String cell) {
        if (cell.length() < 2 * CLASSES) {
            return new Target.Classes(numbers(cell));
        }
        String digits = cell.replace(" ", "");
        float[] values = new float[digits.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = digits.charAt(i) - '0';
        }
        return new Target.LabelSets(values, CLASSES);
    }

    private static String bits(Target target) {
        float[] values =
                target instanceof Target.LabelSets sets ? sets.values() : ((Target.ClassProbabilities) target).values();
        return IntStream.range(0, values.length)
                .mapToObj(i -> HexFormat.of().toHexDigits(Float.floatToRawIntBits(values[i])))
                .collect(Collectors.joining(" "));
    }

    private static String sha256(FloatBuffer values) throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(values.capacity() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(Pictures.floats(values));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }
}
