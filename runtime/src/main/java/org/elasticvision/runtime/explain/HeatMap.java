package org.elasticvision.runtime.explain;

/** A number for each cell of a grid that lies over a network's whole input, padding included. Immutable. */
public final class HeatMap {
    private final int width;
    private final int height;
    private final float[] values;

    /**
     * Makes a map.
     *
     * @param width in cells
     * @param height in cells
     * @param values row-major from the top left; kept, not copied
     * @throws IllegalArgumentException if they are not as many as there are cells
     */
    public HeatMap(int width, int height, float[] values) {
        if (width < 1 || height < 1 || values.length != (long) width * height) {
            throw new IllegalArgumentException(
                    values.length + " values are not a map of " + width + "x" + height + " cells");
        }
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /** {@return the width in cells} */
    public int width() {
        return width;
    }

    /** {@return the height in cells} */
    public int height() {
        return height;
    }

    /** {@return the values, row-major from the top left, a copy} */
    public float[] values() {
        return values.clone();
    }

    /** {@return the average of all cells} */
    public double mean() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** {@return the largest value} */
    public double max() {
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** {@return the smallest value} */
    public double min() {
        double min = Double.POSITIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    /**
     * {@return the value at a place, interpolated between the centres of the four cells around it; beyond the outermost centres it stays}
     *
     * @param across 0 at the left edge of the input, 1 at the right
     * @param down 0 at the top edge of the input, 1 at the bottom
     */
    public double at(double across, double down) {
        double x = Math.max(0, Math.min(width - 1, across * width - 0.5));
        double y = Math.max(0, Math.min(height - 1, down * height - 0.5));
        int left = Math.min((int) x, Math.max(0, width - 2));
        int top = Math.min((int) y, Math.max(0, height - 2));
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double toRight = x - left;
        double toBottom = y - top;
        double upper = values[top * width + left] * (1 - toRight) + values[top * width + right] * toRight;
        double lower = values[bottom * width + left] * (1 - toRight) + values[bottom * width + right] * toRight;
        return upper * (1 - toBottom) + lower * toBottom;
    }

    @Override
    public String toString() {
        return "HeatMap " + width + "x" + height + " from " + (float) min() + " to " + (float) max();
    }
}
