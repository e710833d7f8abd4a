package org.elasticvision.train.report;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to places on a line of length 1, with round numbers marked.
 *
 * @param low the value at 0
 * @param high the value at 1, larger than {@code low}
 * @param logarithmic whether equal ratios take equal lengths
 * @param ticks the values to mark, ascending
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks) {
    private static final int TICKS = 5;

    /** An axis whose ends are the outermost values. */
    static Axis tight(double least, double most) {
        double low = least;
        double high = most > least ? most : least + 1;
        double step = step(high - low);
        return new Axis(low, high, false, ticks(Math.ceil(low / step - 1e-9) * step, high + step * 1e-9, step));
    }

    /** An axis whose ends are round numbers around all values. */
    static Axis round(double least, double most, boolean logarithmic) {
        if (logarithmic) {
            List<Double> ticks = new ArrayList<>();
            int first = (int) Math.floor(Math.log10(least));
            int last = (int) Math.ceil(Math.log10(most));
            int step = Math.max(1, (last - first) / TICKS);
            for (int exponent = first; exponent <= last; exponent += step) {
                ticks.add(Math.pow(10, exponent));
            }
            return new Axis(Math.pow(10, first), Math.pow(10, last), true, ticks);
        }
        double spread = most > least ? most - least : Math.max(1e-6, Math.abs(most));
        double step = step(spread);
        double low = Math.floor(least / step) * step;
        double high = Math.ceil(Math.max(most, low + spread) / step) * step;
        return new Axis(low, high, false, ticks(low, high + step * 1e-9, step));
    }

    /** Where a value lies, 0..1. */
    double place(double value) {
        return logarithmic
                ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (value - low) / (high - low);
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double spread) {
        double raw = spread / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double times = raw / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    private static List<Double> ticks(double first, double last, double step) {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; first + i * step <= last; i++) {
            // Sums of tenths have digits that nobody wants to read.
            ticks.add(Math.rint((first + i * step) / step) * step);
        }
        return ticks;
    }
}
