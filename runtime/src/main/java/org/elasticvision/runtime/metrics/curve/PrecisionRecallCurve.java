package org.elasticvision.runtime.metrics.curve;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Precision over recall, by falling threshold. Immutable.
 *
 * @param points recall never falls from one to the next; none where no image has the class. Of points that nobody could tell apart, one
 * @param averagePrecision the area below the steps of the curve with all its points, 0 to 1: Σ (R<sub>n</sub> − R<sub>n−1</sub>)
 *     P<sub>n</sub>, nothing interpolated, as scikit-learn's {@code average_precision_score} defines it; NaN where there are no points
 */
public record PrecisionRecallCurve(List<Point> points, double averagePrecision) {
    public PrecisionRecallCurve {
        points = List.copyOf(points);
    }

    /**
     * At one threshold.
     *
     * @param recall part of the images with the class that are answered with it, 0 to 1
     * @param precision part of the images answered with the class that have it, 0 to 1
     */
    public record Point(double recall, double precision) {
        private boolean isAsFarFrom(Point other, double distance) {
            return Math.abs(recall - other.recall()) >= distance || Math.abs(precision - other.precision()) >= distance;
        }
    }

    /** A curve in the making: there may be as many thresholds as scores. */
    static final class Drawing {
        private static final double APART = 1.0 / 4096;

        private final long present;
        private final List<Point> points = new ArrayList<>();
        private Point last;
        private long right;
        private long answered;
        private double area;

        /**
         * Without any point.
         *
         * @param present how many images have the class
         */
        Drawing(long present) {
            this.present = present;
        }

        /**
         * Lowers the threshold.
         *
         * @param withClass so many images more that are answered with the class and have it
         * @param without and so many that do not
         */
        void answer(long withClass, long without) {
            right += withClass;
            answered += withClass + without;
            double recall = Ratio.of((double) right, (double) present);
            Point point = new Point(recall, Ratio.of((double) right, (double) answered));
            area += (point.recall() - (last == null ? 0 : last.recall())) * point.precision();
            last = point;
            if (points.isEmpty() || point.isAsFarFrom(points.get(points.size() - 1), APART)) {
                points.add(point);
            }
        }

        PrecisionRecallCurve end() {
            if (last != null && !points.get(points.size() - 1).equals(last)) {
                points.add(last);
            }
            return new PrecisionRecallCurve(points, points.isEmpty() ? Double.NaN : area);
        }
    }

    /**
     * {@return points for a picture: those that are at least that far from the one before, and the last}
     *
     * @param distance in recall or precision
     */
    public List<Point> thinned(double distance) {
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (kept.isEmpty() || i == points.size() - 1 || point.isAsFarFrom(kept.get(kept.size() - 1), distance)) {
                kept.add(point);
            }
        }
        return kept;
    }
}
