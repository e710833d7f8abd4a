package org.elasticvision.convert.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.elasticvision.convert.compare.LayerComparison;
import org.elasticvision.convert.compare.LayerError;
import org.elasticvision.convert.compare.LayerReport;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.ModelInfo;

/** Two models layer by layer. */
final class Layers {
    /** Each image has millions of values in each network: a few are enough. */
    static final int ENOUGH = 8;

    private Layers() {}

    static List<LayerError> compare(Path expected, Path actual, List<ImageSource> images) {
        OnnxModel judged = OnnxModel.read(actual);
        ModelInfo info = ModelInfo.fromMetadata(actual.toString(), judged.metadata());
        try (LayerComparison comparison = new LayerComparison(OnnxModel.read(expected), judged, info.preprocessing());
                Progress progress = Progress.of("layers", images.size(), true)) {
            for (ImageSource image : images) {
                comparison.add(image);
                progress.step();
            }
            return comparison.errors();
        }
    }

    static void print(PrintWriter out, List<LayerError> errors) {
        int width =
                errors.stream().mapToInt(error -> error.name().length()).max().orElse(0);
        for (LayerError error : errors) {
            out.printf(
                    Locale.ROOT,
                    "%-" + Math.max(1, width) + "s  %-17s  %s%s%n",
                    error.name(),
                    error.operator(),
                    LayerReport.decibels(error.signalToNoise()),
                    error.isBad() ? "  bad" : "");
        }
        out.println(LayerReport.firstBad(errors)
                .map(error -> "the first bad layer is " + error.name() + ": less than " + Math.round(LayerError.BAD)
                        + " dB of it are left")
                .orElse("no layer is bad: of each at least " + Math.round(LayerError.BAD) + " dB are left"));
        out.flush();
    }
}
