package org.elasticvision.convert.quantize.calibration;

import java.util.Arrays;
import java.util.Random;
import org.elasticvision.convert.quantize.qdq.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The range of least divergence, against one that is found by the definition, number by number. */
class EntropyTest {
    @ParameterizedTest
    @ValueSource(strings = {"normal", "laplace", "relu", "heavy", "sparse", "two", "skewed"})
    void theRangeIsThatOfTheLeastDivergence(String kind) {
        for (int seed = 1; seed <= 3; seed++) {
            Histogram histogram = new Histogram();
            float[] values = values(kind, new Random(seed));
            histogram.add(values);
            double limit = limit(histogram);
            Range range = Entropy.range(histogram);
            assertThat(range.max()).as("seed %d", seed).isEqualTo((float)
                    Math.min(limit, Math.max(0, histogram.max())));
            assertThat(range.min()).as("seed %d", seed).isEqualTo((float)
                    Math.max(-limit, Math.min(0, histogram.min())));
        }
    }

    private static float[] values(String kind, Random random) {
        float[] values = new float[20_000];
        for (int i = 0; i < values.length; i++) {
            double uniform = random.nextDouble() - 0.5;
            double normal = random.nextGaussian();
            values[i] = (float)
                    switch (kind) {
                        case "normal" -> normal;
                        case "laplace" -> -Math.signum(uniform) * Math.log(1 - 2 * Math.abs(uniform));
                        case "relu" -> Math.max(0, normal);
                        case "heavy" -> normal / (0.05 + Math.abs(uniform));
                        case "sparse" -> Math.rint(normal * 40) / 10;
                        case "two" -> i % 5 == 0 ? 6 + normal / 10 : normal;
                        default -> Math.exp(normal / 2) - 1;
                    };
        }
        return values;
    }

    /** Migacz's method: of the reference P, cut off with all that is outside in its last bin, and the candidate Q of 128 levels. */
    private static double limit(Histogram histogram) {
        double[] counts = new double[Histogram.HALF];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = histogram.bin(Histogram.HALF + i) + histogram.bin(Histogram.HALF - i - 1);
        }
        double all = Arrays.stream(counts).sum();
        int best = counts.length;
        double least = Double.POSITIVE_INFINITY;
        for (int kept = 128; kept <= counts.length; kept++) {
            double inside = Arrays.stream(counts, 0, kept).sum();
            boolean tooFew = all - inside > 0.01 * all;
            if (tooFew || inside == 0) {
                continue;
            }
            double[] reference = Arrays.copyOf(counts, kept);
            reference[kept - 1] += all - inside;
            double[] candidate = candidate(Arrays.copyOf(counts, kept));
            double divergence = 0;
            for (int i = 0; i < kept; i++) {
                double p = reference[i] / all;
                if (p > 0) {
                    divergence += p * Math.log(p / (candidate[i] == 0 ? Double.MIN_NORMAL : candidate[i] / inside));
                }
            }
            if (divergence < least) {
                least = divergence;
                best = kept;
            }
        }
        return best * histogram.width();
    }

    /** Each level's sum, spread over those of its bins that are not empty. */
    private static double[] candidate(double[] counts) {
        double[] candidate = new double[counts.length];
        for (int level = 0; level < 128; level++) {
            int from = level * counts.length / 128;
            int to = (level + 1) * counts.length / 128;
            double[] bins = Arrays.copyOfRange(counts, from, to);
            long filled = Arrays.stream(bins).filter(count -> count > 0).count();
            for (int i = from; i < to; i++) {
                candidate[i] = counts[i] > 0 ? Arrays.stream(bins).sum() / filled : 0;
            }
        }
        return candidate;
    }

    @Test
    void atMostOneValueInAHundredIsCutOff() {
        Histogram histogram = new Histogram();
        float[] values = new float[10_000];
        Arrays.fill(values, 1);
        for (int i = 0; i < 101; i++) {
            values[i] = 500; // one too many to be left out
        }
        histogram.add(values);
        assertThat(Entropy.range(histogram).max()).isEqualTo(500);
    }
}
