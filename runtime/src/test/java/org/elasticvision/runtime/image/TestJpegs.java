package org.elasticvision.runtime.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

/** JPEGs of any size and kind. */
public final class TestJpegs {
    private static final int QUALITY = 90;

    private TestJpegs() {}

    /** Soft shapes with finer ones in them, of no symmetry. */
    public static RgbImage picture(int width, int height) {
        SplittableRandom random = new SplittableRandom(1000L * width + height);
        float[][] across = new float[3][];
        float[][] down = new float[3][];
        for (int c = 0; c < 3; c++) {
            across[c] = wave(width, random);
            down[c] = wave(height, random);
        }
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++, at++) {
                    pixels[at] =
                            (byte) (128 + 60 * across[c][x] * down[c][y] + 30 * across[2 - c][x] + 30 * down[c][y]);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }

    /** Random levels of -1 to 1, 8 pixels apart and more, with straight lines between them. */
    private static float[] wave(int length, SplittableRandom random) {
        float[] levels = new float[length];
        for (int step = 64; step >= 8; step /= 2) {
            float from = 0;
            float to = 0;
            for (int i = 0; i < length; i++) {
                if (i % step == 0) {
                    from = to;
                    to = (random.nextInt(2001) / 1000f - 1) * step / 128;
                }
                levels[i] += from + (to - from) * (i % step) / step;
            }
        }
        return levels;
    }

    public static byte[] baseline(RgbImage image) {
        return JpegFiles.encode(image, QUALITY);
    }

    public static byte[] progressive(RgbImage image) {
        return encode(
                image, CV_8UC3, WebpImages.bgr(image), IMWRITE_JPEG_PROGRESSIVE, 1, IMWRITE_JPEG_QUALITY, QUALITY);
    }

    /** A marker behind every row of units. */
    static byte[] withRestarts(RgbImage image) {
        return encode(
                image, CV_8UC3, WebpImages.bgr(image), IMWRITE_JPEG_RST_INTERVAL, 10, IMWRITE_JPEG_QUALITY, QUALITY);
    }

    /** One channel, the picture's green. */
    public static byte[] grey(RgbImage image) {
        return encode(image, CV_8UC1, Golden.plane(image, 1), IMWRITE_JPEG_QUALITY, QUALITY);
    }

    private static byte[] encode(RgbImage image, int type, byte[] levels, int... settings) {
        try (BytePointer pixels = new BytePointer(levels);
                Mat mat = new Mat(image.height(), image.width(), type, pixels);
                IntPointer pairs = new IntPointer(settings);
                BytePointer encoded = new BytePointer()) {
            assertThat(imencode(".jpg", mat, encoded, pairs)).isTrue();
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    /** The JPEG with a camera's note of how it was held. */
    public static byte[] withOrientation(byte[] jpeg, int orientation, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.wrap(new byte[26]).order(order);
        tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1));
        tiff.putShort((short) 42).putInt(8); // the directory follows
        tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation);
        return withSegment(jpeg, "Exif\0\0", tiff.array());
    }

    /** The JPEG with a segment of the kind that Exif's is of, but with another content. */
    public static byte[] withXmp(byte[] jpeg) {
        return withSegment(jpeg, "http://ns.adobe.com/xap/1.0/\0", new byte[0]);
    }

    /** Behind the marker that begins the file. */
    private static byte[] withSegment(byte[] jpeg, String name, byte[] content) {
        int length = 2 + name.length() + content.length;
        return ByteBuffer.wrap(new byte[jpeg.length + 2 + length])
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) length)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }
}
