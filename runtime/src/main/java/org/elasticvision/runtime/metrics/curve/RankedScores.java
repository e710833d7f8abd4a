package org.elasticvision.runtime.metrics.curve;

import java.util.Arrays;

/**
 * Which scores were given to images with a class and which to images without it. Scores are log-odds, ln(p / (1 − p)). So many are kept
 * as they are; where there are more, all are counted in bins of 1/128 from −16 to 16, which tell probabilities from 10<sup>-7</sup> to 1 −
 * 10<sup>-7</sup> apart: 32 KB, however many images there are. Not thread-safe.
 */
public final class RankedScores {
    private final int limit;
    private Counts with = new Kept();
    private Counts without = new Kept();

    /**
     * Without any score.
     *
     * @param limit how many scores are kept as they are, four bytes for each
     */
    public RankedScores(int limit) {
        this.limit = limit;
    }

    /**
     * {@return the log-odds of a probability}
     *
     * @param probability 0 to 1; the ends give infinities
     */
    public static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    /**
     * Adds an image.
     *
     * @param logOdds of the class; may be infinite; what is not a number is the lowest
     * @param present whether the image has the class
     */
    public void add(double logOdds, boolean present) {
        if (isExact() && with.size() + without.size() >= limit) {
            countInBins();
        }
        float score = Double.isNaN(logOdds) ? Float.NEGATIVE_INFINITY : (float) logOdds;
        (present ? with : without).add(score, 1);
    }

    /**
     * Adds all images of another one.
     *
     * @param other stays as it is
     */
    public void merge(RankedScores other) {
        long together = with.size() + without.size() + other.with.size() + other.without.size();
        if (isExact() && !(other.isExact() && together <= limit)) {
            countInBins();
        }
        other.with.addTo(with);
        other.without.addTo(without);
    }

    /** {@return whether all scores are kept as they are, none in bins} */
    public boolean isExact() {
        return with instanceof Kept;
    }

    private void countInBins() {
        Counts[] bins = {new Bins(), new Bins()};
        with.addTo(bins[0]);
        without.addTo(bins[1]);
        with = bins[0];
        without = bins[1];
    }

    /**
     * {@return precision and recall where all scores from one on count as answered, the highest first} Images of equal scores, or of one
     * bin, are tied. Without an image that has the class, the curve has no points.
     */
    public PrecisionRecallCurve curve() {
        PrecisionRecallCurve.Drawing drawing = new PrecisionRecallCurve.Drawing(with.size());
        Counts.Descent right = with.descent();
        Counts.Descent wrong = without.descent();
        while (with.size() > 0 && (right.isOn() || wrong.isOn())) {
            float score = Math.max(right.score(), wrong.score());
            drawing.answer(right.takeAt(score), wrong.takeAt(score));
        }
        return drawing.end();
    }

    /** How often there is each score. */
    private interface Counts {
        long size();

        void add(float score, int times);

        void addTo(Counts others);

        /** From the highest score down, once nothing is added any more. */
        Descent descent();

        /** A place among the scores. */
        interface Descent {
            /** Whether a score is left. */
            boolean isOn();

            /** The next lower score; minus infinity where none is left. */
            float score();

            /** Passes over those with this score, and returns how many that are. */
            int takeAt(float score);
        }
    }

    /** Each score as it is. */
    private static final class Kept implements Counts {
        private float[] scores = new float[16];
        private int size;

        @Override
        public long size() {
            return size;
        }

        @Override
        public void add(float score, int times) {
            for (int i = 0; i < times; i++) {
                if (size == scores.length) {
                    scores = Arrays.copyOf(scores, 2 * size);
                }
                scores[size++] = score;
            }
        }

        @Override
        public void addTo(Counts others) {
            for (int i = 0; i < size; i++) {
                others.add(scores[i], 1);
            }
        }

        @Override
        public Descent descent() {
            Arrays.sort(scores, 0, size); // the order in which they came is of no use
            return new Descent() {
                private int next = size - 1;

                @Override
                public boolean isOn() {
                    return next >= 0;
                }

                @Override
                public float score() {
                    return isOn() ? scores[next] : Float.NEGATIVE_INFINITY;
                }

                @Override
                public int takeAt(float score) {
                    int before = next;
                    while (isOn() && scores[next] == score) {
                        next--;
                    }
                    return before - next;
                }
            };
        }
    }

    /** So many in each bin; the score of a bin is its number. */
    private static final class Bins implements Counts {
        private static final int LIMIT = 16;
        private static final int OF_ONE = 128;

        private final int[] counts = new int[2 * LIMIT * OF_ONE];
        private long size;

        @Override
        public long size() {
            return size;
        }

        @Override
        public void add(float score, int times) {
            double place = Math.floor(((double) score + LIMIT) * OF_ONE);
            counts[(int) Math.max(0, Math.min(counts.length - 1, place))] += times;
            size += times;
        }

        @Override
        public void addTo(Counts others) {
            for (int bin = 0; bin < counts.length; bin++) {
                if (counts[bin] > 0) {
                    others.add((bin + 0.5f) / OF_ONE - LIMIT, counts[bin]);
                }
            }
        }

        @Override
        public Descent descent() {
            return new Descent() {
                private int next = below(counts.length);

                private int below(int bin) {
                    int lower = bin - 1;
                    while (lower >= 0 && counts[lower] == 0) {
                        lower--;
                    }
                    return lower;
                }

                @Override
                public boolean isOn() {
                    return next >= 0;
                }

                @Override
                public float score() {
                    return isOn() ? next : Float.NEGATIVE_INFINITY;
                }

                @Override
                public int takeAt(float score) {
                    if (!isOn() || next != score) {
                        return 0;
                    }
                    int taken = counts[next];
                    next = below(next);
                    return taken;
                }
            };
        }
    }
}
