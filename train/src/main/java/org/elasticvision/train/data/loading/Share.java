package org.elasticvision.train.data.loading;

/**
 * Which batches of an epoch are loaded, where several processes share it: of every {@code of} batches, that one.
 *
 * @param index of this process, from 0
 * @param of how many share it
 */
public record Share(int index, int of) {
    /** All batches. */
    public static final Share WHOLE = new Share(0, 1);

    public Share {
        if (index < 0 || index >= of) {
            throw new IllegalArgumentException("share " + index + " of " + of + " does not exist");
        }
    }

    /** {@return whether there are other shares} */
    public boolean isPart() {
        return of > 1;
    }
}
