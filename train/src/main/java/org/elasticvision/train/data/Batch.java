package org.elasticvision.train.data;

import java.nio.FloatBuffer;

/**
 * Images that go through a network together, and what they are trained towards.
 *
 * @param images normalised RGB, NCHW, from position 0; a direct buffer in native byte order
 * @param height of each image
 * @param width of each image
 * @param target for as many images as there are
 */
public record Batch(FloatBuffer images, int height, int width, Target target) {
    /** Red, green and blue. */
    public static final int CHANNELS = 3;

    public Batch {
        if (!images.isDirect()) {
            throw new IllegalArgumentException("images must be a direct buffer");
        }
        long values = (long) target.size() * CHANNELS * height * width;
        if (images.limit() != values) {
            throw new IllegalArgumentException("images holds " + images.limit() + " values, but " + target.size()
                    + " images of " + height + "x" + width + " are " + values);
        }
    }

    /** {@return how many images} */
    public int size() {
        return target.size();
    }
}
