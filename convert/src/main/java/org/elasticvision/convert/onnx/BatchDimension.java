package org.elasticvision.convert.onnx;

import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * How many images a model takes at once: a number, or whatever comes.
 *
 * @param size 0 where it is chosen at run time
 */
public record BatchDimension(int size) {
    /** Any number of images, chosen at each call. */
    public static final BatchDimension DYNAMIC = new BatchDimension(0);

    public BatchDimension {
        if (size < 0) {
            throw new IllegalArgumentException("batch " + size + " must be at least 1");
        }
    }

    /** {@return whether the number is chosen at each call} */
    public boolean isDynamic() {
        return size == 0;
    }

    /** The batch dimension in an ONNX file. */
    String dimension() {
        return isDynamic() ? "batch" : Integer.toString(size);
    }

    /**
     * Parses {@code dynamic} or a number.
     *
     * @param text what was typed
     * @return the batch
     */
    public static BatchDimension parse(String text) {
        if (text.equals("dynamic")) {
            return DYNAMIC;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1) {
                return new BatchDimension(size);
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        }
        throw new ElasticVisionException("batch '" + text + "' must be 'dynamic' or a number of at least 1");
    }
}
