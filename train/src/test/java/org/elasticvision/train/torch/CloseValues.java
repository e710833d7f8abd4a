package org.elasticvision.train.torch;

import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Compares the many numbers of a tensor: AssertJ's own comparison of arrays within an offset takes time with the square of their length. */
public final class CloseValues {
    private CloseValues() {}

    /**
     * Fails at the first number that is too far off.
     *
     * @param share of the largest of the expected numbers, or of 1 where that is more
     */
    public static void assertClose(String name, double[] actual, double[] expected, double share) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        double allowed = share * DoubleStream.of(expected).map(Math::abs).reduce(1, Math::max);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= allowed)) { // not a number is too far off as well
                assertThat(actual[i]).as("%s[%d]", name, i).isEqualTo(expected[i], within(allowed));
            }
        }
    }
}
