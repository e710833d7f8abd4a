package org.elasticvision.convert.zoo;

/** Channels, height and width of one image's activations; a flat vector has height and width 1. */
public record Shape(int channels, int height, int width) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("impossible shape " + channels + "x" + height + "x" + width);
        }
    }

    /** The number of elements. */
    public long elementCount() {
        return (long) channels * height * width;
    }

    /** The same with other channels. */
    public Shape withChannels(int newChannels) {
        return new Shape(newChannels, height, width);
    }

    /** The same with another size. */
    public Shape withSize(int newHeight, int newWidth) {
        return new Shape(channels, newHeight, newWidth);
    }
}
