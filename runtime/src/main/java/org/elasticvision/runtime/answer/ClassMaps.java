package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;

/** The likeliest class of each pixel of an image that a network has seen. */
final class ClassMaps {
    private ClassMaps() {}

    /**
     * The class with the largest score for each pixel of a part of the output; ties go to the lower index.
     *
     * <p>Walks plane by plane and row by row, in the order in which the scores lie in memory.
     *
     * @param scores {@code [classes, height, width]} from index 0
     * @param width of the output in pixels
     * @param part that is wanted, within the output
     * @return {@code part.width() * part.height()} class indices
     * @throws ArithmeticException if a pixel has no score that is a number
     */
    static byte[] argmax(FloatBuffer scores, int classes, int width, int height, Letterbox part) {
        byte[] likeliest = new byte[part.width() * part.height()];
        float[] best = new float[likeliest.length];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        float[] row = new float[part.width()];
        for (int index = 0; index < classes; index++) {
            for (int y = 0; y < part.height(); y++) {
                scores.get((index * height + part.y() + y) * width + part.x(), row);
                int at = y * part.width();
                for (int x = 0; x < row.length; x++, at++) {
                    if (row[x] > best[at]) {
                        best[at] = row[x];
                        likeliest[at] = (byte) index;
                    }
                }
            }
        }
        for (float score : best) {
            if (score == Float.NEGATIVE_INFINITY) {
                throw new ArithmeticException("a pixel has no score that is a number");
            }
        }
        return likeliest;
    }

    /** A part of a map that is {@code width} wide. */
    static byte[] cut(byte[] classes, int width, Letterbox part) {
        byte[] cut = new byte[part.width() * part.height()];
        for (int y = 0; y < part.height(); y++) {
            System.arraycopy(classes, (part.y() + y) * width + part.x(), cut, y * part.width(), part.width());
        }
        return cut;
    }

    /** Where an image was shrunk or stretched for the network, brings the classes of what was seen back to its size. */
    static byte[] atSizeOfImage(byte[] seen, Framing framing) {
        Letterbox part = framing.seen();
        boolean resized = part.width() != framing.imageWidth() || part.height() != framing.imageHeight();
        return resized
                ? Resampler.resizePlane(
                        seen,
                        part.width(),
                        part.height(),
                        framing.imageWidth(),
                        framing.imageHeight(),
                        Interpolation.NEAREST)
                : seen;
    }
}
