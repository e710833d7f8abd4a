package org.elasticvision.convert.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.elasticvision.convert.tensorrt.BuildStage;
import org.elasticvision.runtime.cli.output.Terminal;

/**
 * What building an engine is about and for how long: a running line on a terminal, else a line for each stage.
 * TensorRT does not tell how far it is. For one thread.
 */
final class BuildProgress implements Consumer<BuildStage>, AutoCloseable {
    private static final int WIDTH = 80;
    private static final int CELLS = 10;

    private final PrintWriter err;
    private final long start = System.nanoTime();
    private final Optional<ProgressBar> bar;
    private int begun;

    private BuildProgress(PrintWriter err, Optional<ProgressBar> bar) {
        this.err = err;
        this.bar = bar;
    }

    /** On the standard error output where that is a terminal, else on {@code err}. */
    static BuildProgress of(PrintWriter err) {
        if (!Terminal.isErr()) {
            return new BuildProgress(err, Optional.empty());
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("build")
                .setInitialMax(BuildStage.values().length)
                .setRenderer((state, width) ->
                        bar(state.getCurrent(), state.getTotalElapsed(), state.getExtraMessage(), width))
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .clearDisplayOnFinish()
                .build();
        return new BuildProgress(err, Optional.of(bar));
    }

    @Override
    public void accept(BuildStage stage) {
        if (bar.isPresent()) {
            bar.get().setExtraMessage(stage.text());
            bar.get().stepTo(begun++);
        } else {
            err.println(line(Duration.ofNanos(System.nanoTime() - start), stage.text()));
            err.flush();
        }
    }

    /** Such as {@code [==        ] 1:07 trying out kernels}. */
    static String bar(long stages, Duration elapsed, String text, int width) {
        int full = (int) Math.min(CELLS, CELLS * stages / BuildStage.values().length);
        String line = "[" + "=".repeat(full) + " ".repeat(CELLS - full) + "] " + line(elapsed, text);
        return line.length() > width ? line.substring(0, width) : line;
    }

    private static String line(Duration elapsed, String text) {
        return String.format(Locale.ROOT, "%d:%02d %s", elapsed.toMinutes(), elapsed.toSecondsPart(), text);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
