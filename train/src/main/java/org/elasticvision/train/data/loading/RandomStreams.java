package org.elasticvision.train.data.loading;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is random about a run: the order of the examples in each epoch, the variation of each example and the mixing of each batch, all by one seed.
 * Every example and every batch of every epoch has a generator of its own, so no thread and no earlier example has a say in it, and a run
 * can go on anywhere.
 */
final class RandomStreams {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int ORDER = -1;

    private final long seed;

    RandomStreams(long seed) {
        this.seed = seed;
    }

    /** The generator of an example. */
    RandomGenerator example(int epoch, int index) {
        return stream(epoch, index);
    }

    /** The generator of a batch, which is that of no example. */
    RandomGenerator batch(int epoch, int number) {
        return stream(epoch, ORDER - 1 - number);
    }

    /** All indices, shuffled: every order is equally likely. */
    int[] order(int epoch, int size) {
        RandomGenerator random = stream(epoch, ORDER);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private RandomGenerator stream(int epoch, int index) {
        long place = ((long) epoch << 32) | Integer.toUnsignedLong(index);
        // mixed once more: seeds a multiple of SplittableRandom's own step apart would give the same numbers, shifted
        return new SplittableRandom(mix(mix(seed + GOLDEN_GAMMA) + place));
    }

    /** Spreads every bit over all: the finaliser of MurmurHash3 in David Stafford's variant 13, which SplitMix64 uses. */
    private static long mix(long bits) {
        long spread = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        spread = (spread ^ (spread >>> 27)) * 0x94D049BB133111EBL;
        return spread ^ (spread >>> 31);
    }
}
