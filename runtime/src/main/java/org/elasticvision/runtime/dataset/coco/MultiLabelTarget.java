package org.elasticvision.runtime.dataset.coco;

import java.util.BitSet;

/**
 * The classes that are in an image, each at one or more sizes. Immutable.
 *
 * <p>The same as the {@code [3, classes]} target of the published {@code multilabel_classify.py}: the first index is the
 * {@link ObjectSize}, and a class is present if it is at any size, or at one that nobody noted.
 */
public final class MultiLabelTarget {
    private static final int UNKNOWN_SIZE = ObjectSize.values().length;

    private final int classes;
    private final BitSet present;

    private MultiLabelTarget(int classes, BitSet present) {
        this.classes = classes;
        this.present = present;
    }

    /**
     * Makes a target from a table.
     *
     * @param bySize {@code [3][classes]}, in the order of {@link ObjectSize}
     * @return the target
     */
    public static MultiLabelTarget of(boolean[][] bySize) {
        int sizes = ObjectSize.values().length;
        if (bySize.length != sizes) {
            throw new IllegalArgumentException("bySize has " + bySize.length + " rows; it must have " + sizes);
        }
        Builder builder = new Builder(bySize[0].length);
        for (ObjectSize size : ObjectSize.values()) {
            boolean[] row = bySize[size.row()];
            if (row.length != builder.classes) {
                throw new IllegalArgumentException(
                        "bySize has rows of " + builder.classes + " and " + row.length + " classes");
            }
            for (int index = 0; index < row.length; index++) {
                if (row[index]) {
                    builder.add(index, size);
                }
            }
        }
        return builder.build();
    }

    /**
     * {@return a target whose classes are present at sizes that nobody noted}
     *
     * @param present of each class
     */
    public static MultiLabelTarget ofUnknownSizes(boolean[] present) {
        Builder builder = new Builder(present.length);
        for (int index = 0; index < present.length; index++) {
            if (present[index]) {
                builder.addOfUnknownSize(index);
            }
        }
        return builder.build();
    }

    /** {@return number of classes, present or not} */
    public int classes() {
        return classes;
    }

    /**
     * {@return whether the class is in the image at that size}
     *
     * @param classIndex counted from 0
     * @param size the size of its objects
     */
    public boolean isPresent(int classIndex, ObjectSize size) {
        return present.get(position(classes, classIndex, size));
    }

    /**
     * {@return whether the class is in the image at any size, or at one that nobody noted}
     *
     * @param classIndex counted from 0
     */
    public boolean isPresent(int classIndex) {
        if (present.get(position(classes, classIndex, UNKNOWN_SIZE))) {
            return true;
        }
        for (ObjectSize size : ObjectSize.values()) {
            if (isPresent(classIndex, size)) {
                return true;
            }
        }
        return false;
    }

    /** {@return what a network is trained towards: 1 for every class that is present at any size, else 0} */
    public float[] toFloats() {
        float[] target = new float[classes];
        for (int index = 0; index < classes; index++) {
            target[index] = isPresent(index) ? 1 : 0;
        }
        return target;
    }

    private static int position(int classes, int classIndex, ObjectSize size) {
        return position(classes, classIndex, size.row());
    }

    private static int position(int classes, int classIndex, int row) {
        if (classIndex < 0 || classIndex >= classes) {
            throw new IndexOutOfBoundsException("class " + classIndex + " of " + classes);
        }
        return row * classes + classIndex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultiLabelTarget target && classes == target.classes && present.equals(target.present);
    }

    @Override
    public int hashCode() {
        return 31 * classes + present.hashCode();
    }

    @Override
    public String toString() {
        BitSet any = new BitSet();
        present.stream().forEach(position -> any.set(position % classes));
        return "classes " + any + " of " + classes;
    }

    /** Collects the classes of one image. Not thread-safe. */
    static final class Builder {
        private final int classes;
        private final BitSet present = new BitSet();

        Builder(int classes) {
            this.classes = classes;
        }

        void add(int classIndex, ObjectSize size) {
            present.set(position(classes, classIndex, size));
        }

        void addOfUnknownSize(int classIndex) {
            present.set(position(classes, classIndex, UNKNOWN_SIZE));
        }

        MultiLabelTarget build() {
            return new MultiLabelTarget(classes, (BitSet) present.clone());
        }
    }
}
