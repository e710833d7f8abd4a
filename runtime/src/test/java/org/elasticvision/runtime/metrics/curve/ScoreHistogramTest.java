package org.elasticvision.runtime.metrics.curve;

import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ScoreHistogramTest {
    @Test
    void theAreaIsThatOfTheSteps() {
        ScoreHistogram scores = new ScoreHistogram();
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
            ScoreHistogram scores = new ScoreHistogram();
            scores.add(1, first);
            scores.add(1, !first);
            assertThat(scores.curve().points()).containsExactly(new PrecisionRecallCurve.Point(1, 0.5));
            assertThat(scores.curve().averagePrecision()).isEqualTo(0.5);
        }
    }

    @Test
    void certaintyAndImpossibilityAreAtTheEnds() {
        ScoreHistogram scores = new ScoreHistogram();
        scores.add(ScoreHistogram.logOdds(1), true);
        scores.add(ScoreHistogram.logOdds(0.5), false);
        scores.add(ScoreHistogram.logOdds(0), true);
        assertThat(scores.curve().averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
        assertThat(ScoreHistogram.logOdds(0.5)).isZero();
    }

    @Test
    void aClassThatDoesNotOccurHasNoCurve() {
        ScoreHistogram scores = new ScoreHistogram();
        scores.add(1, false);
        assertThat(scores.curve().points()).isEmpty();
        assertThat(scores.curve().averagePrecision()).isNaN();
    }

    @Test
    void partsAddUpAndThinnedCurvesKeepTheirEnds() {
        ScoreHistogram all = new ScoreHistogram();
        ScoreHistogram left = new ScoreHistogram();
        ScoreHistogram right = new ScoreHistogram();
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
        assertThat(curve.points()).hasSizeGreaterThan(1000);
        assertThat(curve.thinned(0.01))
                .hasSizeLessThan(300)
                .startsWith(curve.points().get(0))
                .endsWith(curve.points().get(curve.points().size() - 1));
    }
}
