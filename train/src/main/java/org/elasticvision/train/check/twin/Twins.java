package org.elasticvision.train.check.twin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.elasticvision.runtime.image.hash.PerceptualHash;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.train.check.finding.FindingKind;

/**
 * Finds copies among images that were seen. Pictures that look alike by their hashes are read once more and compared, so that what is told
 * looks alike to the eye. For one thread.
 */
public final class Twins {
    /** Mean distance of levels in 32x32 pixels up to which two pictures look alike: JPEG of low quality changes about 2. */
    private static final double ALIKE = 6;
    /** Pairs that are read again; of a data set with more the rest is not told. */
    private static final int MOST_READ = 5000;

    private static final int CACHED = 256;

    private final SeenImages seen;
    private final boolean labelsCompare;
    private final IntFunction<Optional<RgbImage>> reduced;
    private final Take take;
    private final Map<Integer, Optional<RgbImage>> cache = new LinkedHashMap<>(CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Optional<RgbImage>> eldest) {
            return size() > CACHED;
        }
    };
    private final BitSet toldAcross = new BitSet();
    private final BitSet toldLabel = new BitSet();
    private int read;

    /** Receives what is found. */
    public interface Take {
        /**
         * Receives a pair of images.
         *
         * @param kind what they are
         * @param one number of the image that is told; of two parts the validation image
         * @param other number of the image that it is a copy of
         */
        void accept(FindingKind kind, int one, int other);
    }

    /**
     * Before the search.
     *
     * @param seen the images
     * @param labelsCompare whether pictures that only look alike ought to have one label: not so for masks
     * @param reduced reads an image again, by its number, in the size of a {@link PerceptualHash}
     * @param take receives what is found
     */
    public Twins(SeenImages seen, boolean labelsCompare, IntFunction<Optional<RgbImage>> reduced, Take take) {
        this.seen = seen;
        this.labelsCompare = labelsCompare;
        this.reduced = reduced;
        this.take = take;
    }

    /** {@return whether more pairs may look alike than were read again} */
    public boolean isCut() {
        return read >= MOST_READ;
    }

    /** Finds all. */
    public void find() {
        List<Integer> order = IntStream.range(0, seen.size())
                .boxed()
                .sorted(Comparator.comparingLong(seen::pixels))
                .toList();
        List<Integer> different = new ArrayList<>();
        for (int from = 0, to; from < order.size(); from = to) {
            for (to = from + 1; to < order.size() && seen.pixels(order.get(to)) == seen.pixels(order.get(from)); ) {
                to++;
            }
            List<Integer> group = order.subList(from, to); // in the order of the images: the sort is stable
            if (group.size() > 1) {
                copies(group);
            }
            representatives(group, different);
        }
        NearPairs.forEach(seen, different, this::near);
    }

    /** Of equal pictures those that may have something to do with others that look alike: one of each part and label. */
    private void representatives(List<Integer> group, List<Integer> to) {
        List<Integer> kept = new ArrayList<>();
        for (int index : group) {
            if (seen.isComparable(index)
                    && kept.stream()
                            .noneMatch(other -> seen.isValidation(other) == seen.isValidation(index)
                                    && seen.label(other) == seen.label(index))) {
                kept.add(index);
            }
        }
        to.addAll(kept);
    }

    private void copies(List<Integer> group) {
        int first = group.get(0);
        Optional<Integer> training =
                group.stream().filter(index -> !seen.isValidation(index)).findFirst();
        int firstValidation = -1;
        for (int index : group) {
            if (seen.label(index) != seen.label(first)) {
                tell(FindingKind.TWIN_OF_OTHER_CLASS, index, first);
            }
            if (seen.isValidation(index)) {
                if (training.isPresent()) {
                    tell(FindingKind.TWIN_ACROSS_PARTS, index, training.get());
                } else if (firstValidation >= 0 && seen.label(index) == seen.label(firstValidation)) {
                    tell(FindingKind.TWIN, index, firstValidation);
                } else {
                    firstValidation = index;
                }
            } else if (index != training.orElseThrow() && seen.label(index) == seen.label(training.get())) {
                tell(FindingKind.TWIN, index, training.get());
            }
        }
    }

    private void near(int one, int other) {
        if (seen.pixels(one) == seen.pixels(other)) {
            return; // told already
        }
        boolean isAcross = seen.isValidation(one) != seen.isValidation(other);
        int validation = seen.isValidation(one) ? one : other;
        int training = validation == one ? other : one;
        if (isAcross && !toldAcross.get(validation) && looksAlike(one, other)) {
            toldAcross.set(validation);
            tell(FindingKind.NEAR_TWIN_ACROSS_PARTS, validation, training);
        }
        int later = Math.max(one, other);
        boolean contradict = labelsCompare && !isAcross && seen.label(one) != seen.label(other);
        if (contradict && !toldLabel.get(later) && looksAlike(one, other)) {
            toldLabel.set(later);
            tell(FindingKind.NEAR_TWIN_OF_OTHER_CLASS, later, Math.min(one, other));
        }
    }

    private boolean looksAlike(int one, int other) {
        if (read >= MOST_READ) {
            return false;
        }
        read++;
        Optional<RgbImage> a = picture(one);
        Optional<RgbImage> b = picture(other);
        return a.isPresent() && b.isPresent() && PerceptualHash.difference(a.get(), b.get()) <= ALIKE;
    }

    private Optional<RgbImage> picture(int index) {
        return cache.computeIfAbsent(index, missing -> reduced.apply(seen.number(missing)));
    }

    private void tell(FindingKind kind, int one, int other) {
        take.accept(kind, seen.number(one), seen.number(other));
    }
}
