package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.TurnedImages;

/**
 * A share of the training images that is held out to validate on, where a data set has no validation part. Of each {@linkplain
 * TrainingData#kind class} the share is held out, rounded, at least one image and never the last one (stratified); label sets and masks
 * have no class of an image, so there it is a share of all. Which ones follows from the seed, the order of the images and their classes
 * alone: each process of a run, and each resume, holds out the same.
 *
 * @param share above 0 and below 1
 * @param seed which images
 */
public record HeldOut(double share, long seed) {
    /** What is held out if nobody says how much. */
    public static final double USUAL_SHARE = 0.1;

    public HeldOut {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("validation share " + share + " must be above 0 and below 1");
        }
    }

    /**
     * {@return what is left to learn from}
     *
     * @param all training images
     */
    TrainingData training(TrainingData all) {
        BitSet held = validationIndices(all);
        return new Part(
                all, IntStream.range(0, all.size()).filter(i -> !held.get(i)).toArray(), true);
    }

    /**
     * {@return what is held out}
     *
     * @param all the same images in the same order, as they are validated on
     * @throws DatasetException if no class has an image to spare
     */
    TrainingData validation(TrainingData all) {
        BitSet held = validationIndices(all);
        if (held.isEmpty()) {
            throw new DatasetException(
                    all.name(0) + " and the others: no class has two images, so none can be held out to validate"
                            + " on; add images");
        }
        return new Part(all, held.stream().toArray(), false);
    }

    private BitSet validationIndices(TrainingData all) {
        TreeMap<Integer, List<Integer>> kinds = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            kinds.computeIfAbsent(all.kind(i), kind -> new ArrayList<>()).add(i);
        }
        SplittableRandom random = new SplittableRandom(seed);
        BitSet held = new BitSet(all.size());
        for (List<Integer> images : kinds.values()) {
            int count = (int) Math.min(images.size() - 1, Math.max(1, Math.round(share * images.size())));
            for (int i = 0; i < count; i++) { // the first steps of a shuffle
                int j = i + random.nextInt(images.size() - i);
                held.set(images.get(j));
                images.set(j, images.get(i));
            }
        }
        return held;
    }

    /** Some of the examples, in their order. */
    private static final class Part implements TrainingData {
        private final TrainingData all;
        private final int[] indices;
        private final boolean countsTurned;

        /** @param countsTurned whether it answers for the turned images of all: they are looked for once, not in both parts */
        Part(TrainingData all, int[] indices, boolean countsTurned) {
            this.all = all;
            this.indices = indices;
            this.countsTurned = countsTurned;
        }

        @Override
        public int size() {
            return indices.length;
        }

        @Override
        public String name(int index) {
            return all.name(indices[index]);
        }

        @Override
        public int kind(int index) {
            return all.kind(indices[index]);
        }

        @Override
        public TurnedImages turned() {
            return countsTurned ? all.turned() : TurnedImages.NONE;
        }

        @Override
        public int height() {
            return all.height();
        }

        @Override
        public int width() {
            return all.width();
        }

        @Override
        public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            return all.load(indices[index], random, images, offset);
        }
    }
}
