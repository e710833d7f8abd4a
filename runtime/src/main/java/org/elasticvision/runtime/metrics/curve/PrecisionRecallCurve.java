package org.elasticvision.runtime.metrics.curve;

import java.util.ArrayList;
import java.util.List;

/**
 * Precision over recall, by falling threshold. Immutable.
 *
 * @param points recall never falls from one to the next; none where no image has the class
 */
public record PrecisionRecallCurve(List<Point> points) {
    public PrecisionRecallCurve {
        points = List.copyOf(points);
    }

    /**
     * At one threshold.
     *
     * @param recall part of the images with the class that are answered with it, 0 to 1
     * @param precision part of the images answered with the class that have it, 0 to 1
     */
    public record Point(double recall, double precision) {}

    /**
     * {@return the area below the steps of the curve, 0 to 1: Σ (R<sub>n</sub> − R<sub>n−1</sub>) P<sub>n</sub>, nothing interpolated, as
     * scikit-learn's {@code average_precision_score} defines it; NaN where there are no points}
     */
    public double averagePrecision() {
        double area = points.isEmpty() ? Double.NaN : 0;
        double recall = 0;
        for (Point point : points) {
            area += (point.recall() - recall) * point.precision();
            recall = point.recall();
        }
        return area;
    }

    /**
     * {@return points for a picture: those that are at least that far from the one before, and the last}
     *
     * @param distance in recall or precision
     */
    public List<Point> thinned(double distance) {
        List<Point> kept = new ArrayList<>();
        Point before = null;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (before == null
                    || i == points.size() - 1
                    || Math.abs(point.recall() - before.recall()) >= distance
                    || Math.abs(point.precision() - before.precision()) >= distance) {
                kept.add(point);
                before = point;
            }
        }
        return kept;
    }
}
