package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.elasticvision.runtime.cli.Terminal;
import org.elasticvision.train.run.EpochProgress;
import org.elasticvision.train.run.EpochSummary;
import org.elasticvision.train.run.TrainingListener;

/** What a person sees of a run: a bar on a terminal, else a line now and then; and a line for every epoch. For one thread. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
    private static final int WIDTH = 120;
    private static final long NANOS_BETWEEN_LINES = 30_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal = Terminal.isErr();
    private ProgressBar bar;
    private long lastLine = System.nanoTime();

    TrainingDisplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void note(String line) {
        say(err, line);
    }

    @Override
    public void step(EpochProgress progress) {
        if (terminal) {
            bar(String.format(Locale.ROOT, "epoch %d/%d", progress.epoch(), progress.epochs()), progress.updates());
            bar.stepTo(progress.update());
            bar.setExtraMessage(figures(progress));
        } else if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES && progress.update() < progress.updates()) {
            double rest = (double) (progress.updates() - progress.update()) / progress.update();
            say(
                    err,
                    String.format(
                            Locale.ROOT,
                            "epoch %d/%d  %d/%d  %s  %s left in this epoch",
                            progress.epoch(),
                            progress.epochs(),
                            progress.update(),
                            progress.updates(),
                            figures(progress),
                            text(Duration.ofNanos((long) (progress.elapsed().toNanos() * rest)))));
        }
    }

    private static String figures(EpochProgress progress) {
        return String.format(
                Locale.ROOT,
                "loss %.4f  err %.2f %%  %.1f images/s  waited %.1f s",
                progress.meanLoss(),
                progress.error(),
                progress.imagesPerSecond(),
                progress.waited().toMillis() / 1e3);
    }

    @Override
    public void validating(int done, int total) {
        if (terminal) {
            bar("validation", total);
            bar.stepTo(done);
        }
    }

    @Override
    public void epoch(EpochSummary summary) {
        say(
                out,
                String.format(
                        Locale.ROOT,
                        "epoch %d/%d  lr %.3g  loss %.4f  err %.2f %%  |  val loss %.4f  %s%s  |  %.1f images/s, waited"
                                + " %.1f s, %s",
                        summary.epoch(),
                        summary.epochs(),
                        summary.learningRate(),
                        summary.trainLoss(),
                        summary.trainError(),
                        summary.validation().loss(),
                        summary.validation().summary(),
                        summary.best() ? "  best" : "",
                        summary.imagesPerSecond(),
                        summary.waited().toMillis() / 1e3,
                        text(summary.took())));
    }

    /** Such as {@code 1:02:05} or {@code 0:42}. */
    static String text(Duration duration) {
        long hours = duration.toHours();
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, duration.toMinutesPart(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** A bar with this name, a new one if another was there. */
    private void bar(String name, long total) {
        if (bar == null || !bar.getTaskName().equals(name)) {
            endBar();
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .clearDisplayOnFinish()
                    .build();
        }
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
        writer.println(terminal ? CLEAR_LINE + line : line);
        writer.flush();
    }

    @Override
    public void close() {
        endBar();
    }
}
