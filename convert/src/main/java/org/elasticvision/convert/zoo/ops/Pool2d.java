package org.elasticvision.convert.zoo.ops;

/** A square pooling window. With {@code ceilMode} a window that begins inside counts though it ends outside. */
public record Pool2d(int kernel, int stride, int padding, boolean ceilMode) {
    /**
     * Windows side by side, what does not fill a window is left out.
     *
     * @param kernel height and width of the window
     * @return the window
     */
    public static Pool2d of(int kernel) {
        return new Pool2d(kernel, kernel, 0, false);
    }

    /**
     * {@return the output height or width for an input height or width}
     *
     * @param size in pixels
     */
    public int outputSize(int size) {
        int span = size + 2 * padding - kernel;
        int steps = ceilMode ? -Math.floorDiv(-span, stride) : Math.floorDiv(span, stride);
        if (ceilMode && steps * stride >= size + padding) {
            steps--;
        }
        return steps + 1;
    }
}
