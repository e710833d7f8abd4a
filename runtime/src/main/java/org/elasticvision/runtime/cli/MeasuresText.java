package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.dataset.ObjectSize;
import org.elasticvision.runtime.metrics.ClassificationResult;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.metrics.PrecisionRecall;
import org.elasticvision.runtime.metrics.SegmentationResult;
import org.elasticvision.runtime.model.Label;

/** Human-readable measures, in percent. */
final class MeasuresText {
    private MeasuresText() {}

    static void print(PrintWriter out, Measures measures, List<Label> labels) {
        if (measures instanceof ClassificationResult result) {
            out.printf(Locale.ROOT, "Err@1          %6.2f %%%n", result.error1());
            result.error5().ifPresent(error5 -> out.printf(Locale.ROOT, "Err@5          %6.2f %%%n", error5));
            out.printf(Locale.ROOT, "Cross entropy  %6.4f%n", result.crossEntropy());
        } else if (measures instanceof MultiLabelResult result) {
            print(out, result);
        } else if (measures instanceof SegmentationResult result) {
            print(out, result, labels);
        }
    }

    private static void print(PrintWriter out, MultiLabelResult result) {
        printMeans(out, "C", result.perClass());
        printMeans(out, "O", result.overall());
        out.printf("%nRecall by object size%n             overall  per class%n");
        result.bySize().forEach((size, recall) -> {
            if (recall.occurs()) {
                out.printf(
                        Locale.ROOT, "  %-8s  %7.2f %%  %7.2f %%%n", word(size), recall.overall(), recall.perClass());
            } else {
                out.printf(Locale.ROOT, "  %-8s  %7s    %7s%n", word(size), "-", "-");
            }
        });
        out.println();
    }

    private static void printMeans(PrintWriter out, String kind, PrecisionRecall means) {
        out.printf(
                Locale.ROOT,
                "P_%s %6.2f %%   R_%s %6.2f %%   F_%s %6.2f %%%n",
                kind,
                means.precision(),
                kind,
                means.recall(),
                kind,
                means.f1());
    }

    private static void print(PrintWriter out, SegmentationResult result, List<Label> labels) {
        int widest =
                labels.stream().mapToInt(label -> label.name().length()).max().orElse(0);
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.get(i).name();
            double iou = 100 * result.classes().get(i).iou();
            out.printf(Locale.ROOT, "  %s%s  %6.2f %%%n", name, " ".repeat(widest - name.length()), iou);
        }
        out.printf(Locale.ROOT, "Mean IoU        %6.2f %%%n", 100 * result.meanIou());
        out.printf(Locale.ROOT, "Pixel accuracy  %6.2f %%%n", 100 * result.pixelAccuracy());
    }

    static String word(ObjectSize size) {
        return size.name().toLowerCase(Locale.ROOT);
    }
}
