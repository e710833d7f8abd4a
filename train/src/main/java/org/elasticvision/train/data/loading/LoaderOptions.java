package org.elasticvision.train.data.loading;

import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.mixing.BatchMixing;

/**
 * How examples are put into batches.
 *
 * @param batchSize images in a batch
 * @param threads that read, decode and augment
 * @param ahead batches that are ready or in the making while one is used
 * @param shuffle whether every epoch has an order of its own; else all have the data set's
 * @param dropLast whether a last batch with fewer images is left out
 * @param skipBad whether an unusable image is reported and left out; else it ends the run
 * @param seed of the order and of the augmentation
 * @param share which of the batches are loaded here
 * @param mixing how the images of a batch are mixed with each other; empty where they are not
 */
public record LoaderOptions(
        int batchSize,
        int threads,
        int ahead,
        boolean shuffle,
        boolean dropLast,
        boolean skipBad,
        long seed,
        Share share,
        Optional<BatchMixing> mixing) {
    private static final int USUALLY_AHEAD = 3;

    public LoaderOptions {
        requirePositive("batch size", batchSize);
        requirePositive("number of loader threads", threads);
        requirePositive("number of batches ahead", ahead);
    }

    /**
     * For all batches, none of them mixed.
     *
     * @param batchSize images in a batch
     * @param threads that read, decode and augment
     * @param ahead batches that are ready or in the making while one is used
     * @param shuffle whether every epoch has an order of its own
     * @param dropLast whether a last batch with fewer images is left out
     * @param skipBad whether an unusable image is reported and left out
     * @param seed of the order and of the augmentation
     */
    public LoaderOptions(
            int batchSize, int threads, int ahead, boolean shuffle, boolean dropLast, boolean skipBad, long seed) {
        this(batchSize, threads, ahead, shuffle, dropLast, skipBad, seed, Share.WHOLE, Optional.empty());
    }

    /**
     * To learn: shuffled. A last smaller batch is left out, but not in segmentation: as in the published
     * {@code classify.py}, {@code multilabel_classify.py} and {@code segment.py}.
     *
     * @param task what the network is for
     * @param batchSize examples in a batch
     * @param threads how many load
     * @param seed what all random choices follow from
     * @return the options
     */
    public static LoaderOptions training(Task task, int batchSize, int threads, long seed) {
        boolean dropLast =
                switch (task) {
                    case CLASSIFICATION, MULTI_LABEL -> true;
                    case SEGMENTATION -> false;
                };
        return new LoaderOptions(batchSize, threads, USUALLY_AHEAD, true, dropLast, false, seed);
    }

    /**
     * To measure: all examples, in order.
     *
     * @param batchSize examples in a batch
     * @param threads how many load
     * @return the options
     */
    public static LoaderOptions validation(int batchSize, int threads) {
        return new LoaderOptions(batchSize, threads, USUALLY_AHEAD, false, false, false, 0);
    }

    /**
     * {@return these options with another {@link #skipBad() skip bad}}
     *
     * @param skip in place of the present one
     */
    public LoaderOptions withSkipBad(boolean skip) {
        return new LoaderOptions(batchSize, threads, ahead, shuffle, dropLast, skip, seed, share, mixing);
    }

    /**
     * {@return these options for a part of the batches}
     *
     * @param part in place of the present one
     */
    public LoaderOptions withShare(Share part) {
        return new LoaderOptions(batchSize, threads, ahead, shuffle, dropLast, skipBad, seed, part, mixing);
    }

    /**
     * {@return these options with other mixing}
     *
     * @param value how the images of a batch are mixed with each other; empty where they are not
     */
    public LoaderOptions withMixing(Optional<BatchMixing> value) {
        return new LoaderOptions(batchSize, threads, ahead, shuffle, dropLast, skipBad, seed, share, value);
    }

    /**
     * {@return batches in an epoch, those of other shares among them}
     *
     * @param images in the data set
     */
    public int batches(int images) {
        int whole = images / batchSize;
        return dropLast || whole * batchSize == images ? whole : whole + 1;
    }

    /**
     * {@return images that an epoch leaves out, because they do not fill the last update; which ones follows from its order}
     *
     * @param images in the data set
     * @param together how many batches make one update
     */
    public int leftOut(int images, int together) {
        long used = (long) batches(images) / together * together * batchSize;
        return (int) Math.max(0, images - used);
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new ElasticVisionException("the " + what + " is " + value + "; it must be at least 1");
        }
    }
}
