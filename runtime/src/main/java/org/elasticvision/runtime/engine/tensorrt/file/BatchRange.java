package org.elasticvision.runtime.engine.tensorrt.file;

/**
 * How many images an engine takes at once.
 *
 * @param min the fewest, at least 1
 * @param opt what it is fastest for
 * @param max the most; memory is reserved for so many
 */
public record BatchRange(int min, int opt, int max) {
    /** More would not fit any GPU. */
    public static final int MOST = 4096;

    public BatchRange {
        if (min < 1 || opt < min || max < opt || max > MOST) {
            throw new IllegalArgumentException("the batch " + min + "," + opt + "," + max
                    + " must be min,opt,max with 1 <= min <= opt <= max <= " + MOST);
        }
    }

    /**
     * Exactly so many.
     *
     * @param batch images in each call, at least 1
     * @return the range
     */
    public static BatchRange of(int batch) {
        return new BatchRange(batch, batch, batch);
    }

    /** {@return whether there is only one number} */
    public boolean isFixed() {
        return min == max;
    }

    /** Such as {@code 1,8,32}. */
    @Override
    public String toString() {
        return min + "," + opt + "," + max;
    }
}
