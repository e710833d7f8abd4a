package org.elasticvision.train.cli.progress;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/** A bar on the standard error output that leaves most of a line of 80 characters to figures. For one thread. */
final class TrainingBar implements AutoCloseable {
    private static final int WIDTH = 80;
    private static final int CELLS = 10;

    private final String name;
    private final ProgressBar bar;

    TrainingBar(String name, long total) {
        this.name = name;
        this.bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setRenderer(TrainingBar::render)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    /** Such as {@code epoch 3/7 [====      ]  42% loss 0.1968 …}. */
    private static String render(ProgressState state, int width) {
        double part = Math.max(0, Math.min(1, state.getNormalizedProgress()));
        return line(state.getTaskName(), part, state.getExtraMessage(), width);
    }

    static String line(String name, double part, String figures, int width) {
        int full = (int) (part * CELLS);
        String line = String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f%% %s",
                name,
                "=".repeat(full),
                " ".repeat(CELLS - full),
                Math.floor(100 * part),
                figures);
        return line.length() > width ? line.substring(0, width) : line;
    }

    String name() {
        return name;
    }

    void show(long done, String figures) {
        bar.setExtraMessage(figures);
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
    }
}
