package org.elasticvision.convert.zoo.ops;

/** Channels, height and width of one image's activations; a flat vector has height and width 1. */
public record Shape(int channels, int height, int width) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("impossible shape " + channels + "x" + height + "x" + width);
        }
    }

    /** {@return the number of elements} */
    public long elementCount() {
        return (long) channels * height * width;
    }

    /**
     * {@return the same with other channels}
     *
     * @param newChannels how many
     */
    public Shape withChannels(int newChannels) {
        return new Shape(newChannels, height, width);
    }

    /**
     * {@return the same with another size}
     *
     * @param newHeight in pixels
     * @param newWidth in pixels
     */
    public Shape withSize(int newHeight, int newWidth) {
        return new Shape(channels, newHeight, newWidth);
    }
}
