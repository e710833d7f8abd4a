package org.elasticvision.runtime.metrics.curve;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RankedScoresTest {
    private static final int LIMIT = 100;

    @Test
    void theAreaIsThatOfTheSteps() {
        RankedScores scores = new RankedScores(LIMIT);
        scores.add(3, true);
        scores.add(2, false);
        scores.add(1, true);
        scores.add(0, false);
        PrecisionRecallCurve curve = scores.curve();
        assertThat(curve.points())
                .containsExactly(
                        new PrecisionRecallCurve.Point(0.5, 1),
                        new PrecisionRecallCurve.Point(0.5, 0.5),
                        new PrecisionRecallCurve.Point(1, 2 / 3.0),
                        new PrecisionRecallCurve.Point(1, 0.5));
        assertThat(curve.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
    }

    @Test
    void equalScoresAreTiedInWhateverOrderTheyCome() {
        for (boolean first : new boolean[] {true, false}) {
            RankedScores scores = new RankedScores(LIMIT);
            scores.add(1, first);
            scores.add(1, !first);
            assertThat(scores.curve().points()).containsExactly(new PrecisionRecallCurve.Point(1, 0.5));
            assertThat(scores.curve().averagePrecision()).isEqualTo(0.5);
        }
    }

    @Test
    void certaintyAndImpossibilityAreAtTheEnds() {
        RankedScores scores = new RankedScores(LIMIT);
        scores.add(RankedScores.logOdds(1), true);
        scores.add(RankedScores.logOdds(0.5), false);
        scores.add(RankedScores.logOdds(0), true);
        assertThat(scores.curve().averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
        assertThat(RankedScores.logOdds(0.5)).isZero();
    }

    @Test
    void whatIsNotANumberIsTheLowest() {
        RankedScores scores = new RankedScores(LIMIT);
        scores.add(-3, true);
        scores.add(Double.NaN, false);
        assertThat(scores.curve().points())
                .containsExactly(new PrecisionRecallCurve.Point(1, 1), new PrecisionRecallCurve.Point(1, 0.5));
    }

    @Test
    void aClassThatDoesNotOccurHasNoCurve() {
        RankedScores scores = new RankedScores(LIMIT);
        scores.add(1, false);
        assertThat(scores.curve().points()).isEmpty();
        assertThat(scores.curve().averagePrecision()).isNaN();
    }

    @Test
    void partsAddUpAndThinnedCurvesKeepTheirEnds() {
        for (int limit : new int[] {10_000, 4000, 1000}) { // kept as they are, in bins once together, in bins
            RankedScores all = new RankedScores(limit);
            RankedScores left = new RankedScores(limit);
            RankedScores right = new RankedScores(limit);
            Random random = new Random(1);
            for (int i = 0; i < 5000; i++) {
                boolean present = random.nextInt(4) == 0;
                double score = 3 * random.nextGaussian() + (present ? 2 : 0);
                all.add(score, present);
                (i % 2 == 0 ? left : right).add(score, present);
            }
            left.merge(right);
            PrecisionRecallCurve curve = all.curve();
            assertThat(left.curve()).isEqualTo(curve);
            assertThat(left.isExact()).isEqualTo(limit == 10_000);
            assertThat(curve.points()).hasSizeGreaterThan(1000);
            assertThat(curve.thinned(0.01))
                    .hasSizeLessThan(300)
                    .startsWith(curve.points().get(0))
                    .endsWith(curve.points().get(curve.points().size() - 1));
        }
    }

    /** Those of a network that knows little all lie in a few bins. */
    @Test
    void scoresThatLieCloseAreToldApart() {
        RankedScores exact = new RankedScores(4);
        RankedScores inBins = new RankedScores(3);
        for (RankedScores scores : List.of(exact, inBins)) {
            scores.add(0.004, true);
            scores.add(0.003, false);
            scores.add(0.002, true);
            scores.add(0.001, false);
        }
        assertThat(exact.curve().averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
        assertThat(inBins.curve().averagePrecision()).isEqualTo(0.5);
    }

    /** The area is that of all points, and of points that lie within a pixel one is kept. */
    @Test
    void manyScoresMakeAFewThousandPoints() {
        RankedScores scores = new RankedScores(1_000_000);
        Random random = new Random(2);
        double right = 0;
        double area = 0;
        int present = 0;
        for (int i = 0; i < 200_000; i++) {
            boolean isPresent = random.nextInt(3) == 0;
            scores.add(-i, isPresent);
            present += isPresent ? 1 : 0;
            if (isPresent) {
                right++;
                area += right / (i + 1);
            }
        }
        PrecisionRecallCurve curve = scores.curve();
        assertThat(curve.points()).hasSizeBetween(1000, 10_000);
        assertThat(curve.averagePrecision()).isCloseTo(area / present, within(1e-9));
    }

    /** Made with scikit-learn 1.9. */
    @Test
    void averagePrecisionIsThatOfScikitLearn() {
        double[] probabilities = {0.9, 0.8, 0.8, 0.7, 0.61, 0.6, 0.6, 0.6, 0.3, 0.2, 0.1, 0.1};
        int[] present = {1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0};
        RankedScores scores = new RankedScores(LIMIT);
        for (int i = 0; i < present.length; i++) {
            scores.add(RankedScores.logOdds(probabilities[i]), present[i] == 1);
        }
        assertThat(scores.curve().averagePrecision()).isCloseTo(0.6944444444444444, within(1e-12));
    }
}
