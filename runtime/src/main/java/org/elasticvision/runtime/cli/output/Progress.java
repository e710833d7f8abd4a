package org.elasticvision.runtime.cli.output;

import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the standard error output while much is done, on a terminal; else nothing. For one thread, but for its steps. */
public final class Progress implements AutoCloseable {
    private static final int MANY = 8;
    private static final int WIDTH = 80;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * A bar for {@code total} images; none if they are few or nobody is looking.
     *
     * @param task what is done, such as {@code predict}
     * @param total how many there are
     * @param wanted whether it is to be shown at all
     * @return the bar
     */
    public static Progress of(String task, long total, boolean wanted) {
        if (!wanted || total < MANY || !Terminal.isErr()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .showSpeed(new DecimalFormat("0.0 images", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .clearDisplayOnFinish()
                .build());
    }

    /** One more image is done. From any thread. */
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /**
     * Prints a line above the bar.
     *
     * @param err where it is printed
     * @param line one line
     */
    public void say(PrintWriter err, String line) {
        if (bar != null) {
            System.err.print(CLEAR_LINE); // where the bar is; the writer shows control characters as signs
        }
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
