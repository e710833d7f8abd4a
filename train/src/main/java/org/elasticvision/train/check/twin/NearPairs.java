package org.elasticvision.train.check.twin;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.image.hash.PerceptualHash;

/**
 * Pairs of images whose hashes differ in at most {@value #MOST_BITS} of 64 bits, without comparing each with each: of so few bits one of
 * six bands is the same in both, so only images that share a band are compared (multi-index hashing; Norouzi, Punjani and Fleet, CVPR
 * 2012).
 */
final class NearPairs {
    static final int MOST_BITS = 5;
    private static final int BANDS = MOST_BITS + 1;
    private static final int WIDTH = 11;
    /** Of very many images that share a band, each is compared with so many that follow: the time stays bounded. */
    private static final int NEIGHBOURS = 2000;

    private NearPairs() {}

    /** Receives a pair. */
    interface Take {
        void accept(int one, int other);
    }

    /**
     * Finds the pairs, each once.
     *
     * @param seen the images
     * @param members indices of those that are compared
     * @param take receives each pair
     */
    static void forEach(SeenImages seen, List<Integer> members, Take take) {
        for (int band = 0; band < BANDS; band++) {
            long[] keys = new long[members.size()];
            for (int i = 0; i < keys.length; i++) {
                int index = members.get(i);
                keys[i] = bits(seen.likeness(index), band) << Integer.SIZE | index;
            }
            Arrays.parallelSort(keys);
            for (int i = 0; i < keys.length; i++) {
                int end = Math.min(keys.length, i + NEIGHBOURS);
                for (int j = i + 1; j < end && keys[i] >>> Integer.SIZE == keys[j] >>> Integer.SIZE; j++) {
                    compare(seen, (int) keys[i], (int) keys[j], band, take);
                }
            }
        }
    }

    private static void compare(SeenImages seen, int one, int other, int band, Take take) {
        long a = seen.likeness(one);
        long b = seen.likeness(other);
        if (PerceptualHash.distance(a, b) > MOST_BITS) {
            return;
        }
        for (int earlier = 0; earlier < band; earlier++) {
            if (bits(a, earlier) == bits(b, earlier)) {
                return; // it was found there
            }
        }
        take.accept(one, other);
    }

    private static long bits(long hash, int band) {
        return hash >>> (WIDTH * band) & ((1L << WIDTH) - 1);
    }
}
