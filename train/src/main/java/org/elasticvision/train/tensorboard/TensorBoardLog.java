package org.elasticvision.train.tensorboard;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.MetricsRecord;
import org.elasticvision.train.progress.TrainingListener;

/**
 * Writes a run's figures as event files for TensorBoard: after each update {@code train/loss}, {@code train/learning_rate} and {@code
 * train/images_per_second}, after each epoch {@code epoch/NAME} for each figure of {@code metrics.csv}; at the start what the run was
 * given, as a text. The horizontal axis counts updates. For one process and one thread.
 */
public final class TensorBoardLog implements TrainingListener, AutoCloseable {
    private final EventFile file;

    private TensorBoardLog(EventFile file) {
        this.file = file;
    }

    /**
     * Begins a file in a folder. Where earlier ones there have figures of later updates, as a killed run leaves them, TensorBoard shows
     * those of this file in their place.
     *
     * @param folder for event files; is made
     * @param step updates that the run has done: 0 of a new one
     * @param facts tables by their titles, shown as texts
     * @return the open log
     * @throws ElasticVisionException if the folder cannot be written into
     */
    public static TensorBoardLog open(Path folder, long step, Map<String, Map<String, String>> facts) {
        EventFile file = EventFile.create(folder);
        file.add(EventMessages.fileVersion());
        file.add(EventMessages.start(step + 1));
        facts.forEach((title, rows) -> {
            String tag = title.toLowerCase(Locale.ROOT) + "/text_summary";
            file.add(EventMessages.text(tag, step, table(rows)));
        });
        return new TensorBoardLog(file);
    }

    private static String table(Map<String, String> rows) {
        StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
        rows.forEach((name, value) ->
                table.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        return table.toString();
    }

    @Override
    public void step(EpochProgress progress) {
        add("train/loss", progress.step(), progress.loss());
        add("train/learning_rate", progress.step(), progress.learningRate());
        add("train/images_per_second", progress.step(), progress.soFar().imagesPerSecond());
    }

    @Override
    public void measured(EpochSummary summary) {
        MetricsRecord record = MetricsRecord.of(summary);
        record.values().forEach((name, value) -> add("epoch/" + name, record.step(), value));
    }

    private void add(String tag, long step, double value) {
        file.add(EventMessages.scalar(tag, step, value));
    }

    @Override
    public void close() {
        file.close();
    }
}
