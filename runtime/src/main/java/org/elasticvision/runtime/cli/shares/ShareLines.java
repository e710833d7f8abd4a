package org.elasticvision.runtime.cli.shares;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.PrintWriter;
import java.util.Optional;
import org.elasticvision.runtime.evaluation.Evaluation;

/** What a process that has a share of the images prints: a dot for each image, and one JSON object of what it has counted. */
public final class ShareLines {
    private static final String IMAGE = ".";

    private ShareLines() {}

    /** The JSON object. */
    private static final class Line {
        private final double[] totals;
        private final int skipped;
        private final String firstBad;

        Line(Evaluation.Counts counts) {
            totals = counts.totals();
            skipped = counts.skipped();
            firstBad = counts.firstBad().orElse(null);
        }

        Evaluation.Counts counts() {
            return new Evaluation.Counts(totals, skipped, Optional.ofNullable(firstBad));
        }
    }

    /**
     * Says that an image is done.
     *
     * @param out the standard output
     */
    public static void image(PrintWriter out) {
        out.println(IMAGE);
        out.flush();
    }

    /**
     * Says what was counted in all.
     *
     * @param out the standard output
     * @param counts of the share
     */
    public static void counts(PrintWriter out, Evaluation.Counts counts) {
        out.println(new Gson().toJson(new Line(counts)));
        out.flush();
    }

    static boolean isImage(String line) {
        return line.equals(IMAGE);
    }

    /** {@return what was counted; empty for another line} */
    static Optional<Evaluation.Counts> counts(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Gson().fromJson(line, Line.class).counts());
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }
}
