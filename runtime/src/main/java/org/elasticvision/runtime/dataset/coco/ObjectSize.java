package org.elasticvision.runtime.dataset.coco;

import java.util.Locale;

/** The three sizes of MSCOCO objects, by the area of their outline in pixels of the original image. */
public enum ObjectSize {
    /** Less than 32 × 32 pixels. */
    SMALL(0, 32.0 * 32.0),
    /** Less than 96 × 96 pixels. */
    MEDIUM(1, 96.0 * 96.0),
    /** All others. */
    LARGE(2, Double.POSITIVE_INFINITY);

    private final int row;
    private final double limit;

    ObjectSize(int row, double limit) {
        this.row = row;
        this.limit = limit;
    }

    /**
     * {@return the size of an object whose outline covers {@code area} square pixels}
     *
     * @param area in square pixels
     */
    public static ObjectSize of(double area) {
        if (area < SMALL.limit) {
            return SMALL;
        }
        return area < MEDIUM.limit ? MEDIUM : LARGE;
    }

    /** {@return the word for this size in results} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return this size's row in a table {@code [3, classes]} such as the published code's targets} */
    public int row() {
        return row;
    }
}
