package org.elasticvision.runtime.image.hash;

import java.util.OptionalLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_img_hash.PHash;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

/**
 * A number of 64 bits for what a picture looks like: the signs of the low frequencies of its cosine transform (OpenCV's {@code
 * PHash}). Copies of a picture in another size, format or quality differ in few bits, different pictures in about half. The picture is
 * reduced here: OpenCV takes single pixels of a large one, and copies would differ by where they lie. Thread-safe.
 */
public final class PerceptualHash {
    /** Of the reduced picture: what OpenCV's transform takes. */
    public static final int SIDE = 32;

    /** Standard deviation of the levels below which the signs are those of noise. */
    private static final double FLAT = 4;

    static {
        UnpackedLibraries.load();
    }

    private PerceptualHash() {}

    /**
     * {@return a picture in 32x32 pixels, whatever its form}
     *
     * @param picture any
     */
    public static RgbImage reduced(RgbImage picture) {
        return Resampler.resize(picture, SIDE, SIDE, Interpolation.BILINEAR);
    }

    /**
     * {@return the hash; empty for a picture that is nearly of one colour, of which it would be by chance}
     *
     * @param reduced by {@link #reduced}
     * @throws ElasticVisionException if OpenCV's library cannot be loaded
     */
    public static OptionalLong of(RgbImage reduced) {
        if (deviation(reduced.pixels()) < FLAT) {
            return OptionalLong.empty();
        }
        try (BytePointer pixels = new BytePointer(reduced.pixels());
                Mat picture = new Mat(reduced.height(), reduced.width(), CV_8UC3, pixels);
                Mat bits = new Mat();
                PHash hash = PHash.create()) {
            hash.compute(picture, bits);
            try (BytePointer data = bits.data()) {
                return OptionalLong.of(data.getLong());
            }
        } catch (LinkageError e) {
            throw new ElasticVisionException(
                    "OpenCV's library of image hashes does not run on this machine: "
                            + LinkErrors.ofSystem(e).orElse(e.getMessage()),
                    e);
        }
    }

    /**
     * {@return in how many of the 64 bits two hashes differ}
     *
     * @param one hash
     * @param other hash
     */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    /**
     * {@return how far two reduced pictures are apart, in levels of 0 to 255: the mean over all pixels and channels}
     *
     * @param one reduced picture
     * @param other reduced picture
     */
    public static double difference(RgbImage one, RgbImage other) {
        byte[] a = one.pixels();
        byte[] b = other.pixels();
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        }
        return (double) sum / a.length;
    }

    private static double deviation(byte[] levels) {
        double sum = 0;
        double squares = 0;
        for (byte level : levels) {
            int value = level & 0xFF;
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / levels.length;
        return Math.sqrt(Math.max(0, squares / levels.length - mean * mean));
    }
}
