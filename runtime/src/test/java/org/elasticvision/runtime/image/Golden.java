package org.elasticvision.runtime.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.assertj.core.api.Assertions.assertThat;

/** The reference images beside this package's test resources. */
public final class Golden {
    static final Path FOLDER = Path.of("src/test/resources/org/elasticvision/runtime/image");

    static final List<String> IMAGES = List.of(
            "landscape_500x375.png",
            "odd_333x257.png",
            "small_60x45.png",
            "exact_256x256.png",
            "wide_900x120.png",
            "photo_420_500x333.jpg",
            "photo_444_prog.jpg",
            "gray.jpg",
            "cmyk.jpg",
            "exif_rot6.jpg",
            "rgba_alpha.png",
            "palette.png",
            "gray.png",
            "photo.bmp");

    private Golden() {}

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Pillow reads it. */
    public static RgbImage image(String name) {
        return ImageSource.of(file(name)).decode(Orientation.IGNORE_EXIF);
    }

    static RgbImage expected(String kind, String name) {
        return image("expected_" + kind + "_" + name.replace('.', '_') + ".png");
    }

    /** JPEG decoders may round differently by one level; everything else is exact. */
    static int tolerance(String name) {
        return name.endsWith(".jpg") ? 1 : 0;
    }

    public static void assertSame(RgbImage actual, RgbImage expected, int tolerance) {
        assertThat(actual).hasToString(expected.toString());
        assertThat(largestDifference(actual.pixels(), expected.pixels())).isLessThanOrEqualTo(tolerance);
    }

    static int largestDifference(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        int largest = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
        }
        return largest;
    }

    /** One channel of an image. */
    public static byte[] plane(RgbImage image, int channel) {
        byte[] plane = new byte[image.width() * image.height()];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = image.pixels()[3 * i + channel];
        }
        return plane;
    }

    /** The numbers of a NumPy file of little-endian float32. */
    static float[] floats(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + bytes.getShort(8));
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }
}
