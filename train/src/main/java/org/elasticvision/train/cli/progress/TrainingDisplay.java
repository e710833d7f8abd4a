package org.elasticvision.train.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.elasticvision.runtime.cli.output.Terminal;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;

/**
 * What the user sees of a run: a bar on a terminal, else a line now and then; and a line for every epoch. For one
 * thread.
 */
public final class TrainingDisplay implements TrainingListener, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 30_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final String name;
    private final boolean terminal = Terminal.isErr();
    private TrainingBar bar;
    private Duration trained = Duration.ZERO;
    /** What an epoch takes besides training: measuring and saving. */
    private Duration besides = Duration.ZERO;

    private long lastLine = System.nanoTime();

    public TrainingDisplay(PrintWriter out, PrintWriter err) {
        this(out, err, "epoch");
    }

    /** @param name what an epoch is called */
    TrainingDisplay(PrintWriter out, PrintWriter err, String name) {
        this.out = out;
        this.err = err;
        this.name = name;
    }

    @Override
    public void note(String line) {
        say(err, line);
    }

    @Override
    public void step(EpochProgress progress) {
        trained = progress.soFar().time();
        String epoch = String.format(Locale.ROOT, "%s %d/%d", name, progress.epoch(), progress.epochs());
        if (terminal) {
            bar(epoch, progress.updates()).show(progress.update(), figures(progress));
        } else if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES && progress.update() < progress.updates()) {
            say(
                    err,
                    String.format(
                            Locale.ROOT,
                            "%s  %d/%d  %s",
                            epoch,
                            progress.update(),
                            progress.updates(),
                            figures(progress)));
        }
    }

    private String figures(EpochProgress progress) {
        Duration left = progress.remaining().plus(besides.multipliedBy(progress.epochs() - progress.epoch() + 1L));
        return String.format(
                Locale.ROOT,
                "loss %.4f err %.1f%% %.1f/s wait %.1fs ETA %s",
                progress.soFar().loss(),
                progress.soFar().error(),
                progress.soFar().imagesPerSecond(),
                progress.soFar().waited().toMillis() / 1e3,
                text(left));
    }

    @Override
    public void validating(int done, int total) {
        if (terminal) {
            bar("validation", total).show(done, "");
        }
    }

    @Override
    public void epoch(EpochSummary summary) {
        besides = summary.took().minus(trained);
        say(
                out,
                String.format(
                        Locale.ROOT,
                        "%s %d/%d  lr %s  loss %.4f  err %.2f %%  |  %sval loss %.4f  %s%s  |  %.1f images/s, waited"
                                + " %.1f s, %s",
                        name,
                        summary.epoch(),
                        summary.epochs(),
                        summary.learningRates(),
                        summary.training().loss(),
                        summary.training().error(),
                        summary.validation().averaged() ? "EMA " : "",
                        summary.validation().loss(),
                        summary.validation().summary(),
                        summary.best() ? "  best" : "",
                        summary.training().imagesPerSecond(),
                        summary.training().waited().toMillis() / 1e3,
                        text(summary.took())));
    }

    /** Such as {@code 1:02:05} or {@code 0:42}. */
    public static String text(Duration duration) {
        long hours = duration.toHours();
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, duration.toMinutesPart(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** A bar with this name, a new one if another was there. */
    private TrainingBar bar(String name, long total) {
        if (bar == null || !bar.name().equals(name)) {
            endBar();
            bar = new TrainingBar(name, total);
        }
        return bar;
    }

    private void endBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private void say(PrintWriter writer, String line) {
        endBar();
        lastLine = System.nanoTime();
        if (terminal) {
            System.err.print(CLEAR_LINE); // where the bar is; the writer shows control characters as signs
        }
        writer.println(line);
        writer.flush();
    }

    @Override
    public void close() {
        endBar();
    }
}
