package org.elasticvision.train.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.elasticvision.runtime.image.text.Fonts;
import org.elasticvision.train.progress.MetricsRecord;

/** The pictures of a run as files of their own: {@code curves-*.png} and {@code predictions.png}. */
public final class RunPictures {
    private static final int COLUMNS = 4;

    private RunPictures() {}

    /**
     * Draws what can be drawn here.
     *
     * @param records of the epochs, in order
     * @param samples with what the network answers; may be empty
     * @param folder for the files
     * @param note is told where there are no fonts to draw with
     */
    public static void write(List<MetricsRecord> records, List<Sample> samples, Path folder, Consumer<String> note) {
        if (!Fonts.available()) {
            note.accept(
                    "no curves and predictions as PNG: Java finds no fonts here; install fontconfig and a font, such as"
                            + " fonts-dejavu-core");
            return;
        }
        for (Chart chart : Chart.of(records)) {
            String name = chart.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
            Curves.write(chart, folder.resolve("curves-" + name + ".png"));
        }
        if (!samples.isEmpty()) {
            ContactSheet.write(samples, COLUMNS, folder.resolve("predictions.png"));
        }
    }
}
