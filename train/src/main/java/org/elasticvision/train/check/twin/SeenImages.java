package org.elasticvision.train.check.twin;

import java.util.BitSet;
import java.util.OptionalLong;

/** What is kept of each image to find its copies: 24 bytes and two bits. Not thread-safe. */
public final class SeenImages {
    private final Longs pixels = new Longs();
    private final Longs likenesses = new Longs();
    private final Longs labels = new Longs();
    private final Longs numbers = new Longs();
    private final BitSet validation = new BitSet();
    private final BitSet comparable = new BitSet();

    /**
     * Adds an image.
     *
     * @param number by which the caller knows it
     * @param picture a number that equal pictures share
     * @param likeness hash of what it looks like; empty where there is none
     * @param label a number that equal labels share
     * @param isValidation whether it is a validation image
     */
    public void add(int number, long picture, OptionalLong likeness, long label, boolean isValidation) {
        int index = pixels.size();
        pixels.add(picture);
        likenesses.add(likeness.orElse(0));
        labels.add(label);
        numbers.add(number);
        validation.set(index, isValidation);
        comparable.set(index, likeness.isPresent());
    }

    int size() {
        return pixels.size();
    }

    long pixels(int index) {
        return pixels.get(index);
    }

    long likeness(int index) {
        return likenesses.get(index);
    }

    boolean isComparable(int index) {
        return comparable.get(index);
    }

    long label(int index) {
        return labels.get(index);
    }

    int number(int index) {
        return (int) numbers.get(index);
    }

    boolean isValidation(int index) {
        return validation.get(index);
    }
}
