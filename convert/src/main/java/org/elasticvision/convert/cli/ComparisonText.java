package org.elasticvision.convert.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.compare.ModelComparison;

/** Two models beside each other, in a few lines. */
final class ComparisonText {
    private ComparisonText() {}

    static void print(PrintWriter out, ModelComparison comparison) {
        print(out, comparison.agreement());
        switch (comparison.task()) {
            case CLASSIFICATION ->
                line(out, "top-1 agrees  %.2f %%", 100 * comparison.agreement().top1());
            case MULTI_LABEL ->
                line(out, "labels agree  %.2f %%", 100 * comparison.agreement().sameSigns());
            case SEGMENTATION -> {
                line(out, "pixels agree  %.2f %%", 100 * comparison.agreement().top1());
                line(
                        out,
                        "%-12s  %.2f %% of one's classes with the other's",
                        comparison.task().scoreName(),
                        comparison.overlap().score());
            }
        }
        out.flush();
    }

    /** What is told of any two outputs. */
    static void print(PrintWriter out, Agreement agreement) {
        line(
                out,
                "max error     %.3g (%.3g of the largest logit, %.4g)",
                agreement.maxError(),
                agreement.relativeError(),
                agreement.maxExpected());
        line(out, "mean error    %.3g", agreement.meanError());
        line(out, "signal/noise  %.1f dB", agreement.signalToNoise());
        line(out, "cosine        %.9f", agreement.cosine());
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
