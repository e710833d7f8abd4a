package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.runtime.LabelSet;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.dataset.MultiLabelImage;
import org.elasticvision.runtime.dataset.ObjectSize;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.metrics.PrecisionRecall;
import org.elasticvision.runtime.metrics.SizeRecall;

/** Precision, recall and F per class and overall, and recall by object size, as published for MSCOCO. */
record MultiLabelEvaluation(List<MultiLabelImage> samples, MultiLabelMetrics metrics)
        implements Evaluation<MultiLabelImage> {

    @Override
    public Path image(MultiLabelImage sample) {
        return sample.image();
    }

    @Override
    public Runnable judge(MultiLabelImage sample, Prediction answer) {
        float[] logits = ClassOrder.logits(((LabelSet) answer).scores());
        return () -> metrics.add(logits, sample.target());
    }

    @Override
    public void print(PrintWriter out) {
        MultiLabelResult result = metrics.result();
        printMeans(out, "C", result.perClass());
        printMeans(out, "O", result.overall());
        out.printf("%nRecall by object size%n             overall  per class%n");
        result.bySize()
                .forEach((size, recall) -> out.printf(
                        Locale.ROOT, "  %-8s  %7.2f %%  %7.2f %%%n", word(size), recall.overall(), recall.perClass()));
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

    @Override
    public void addTo(JsonObject object) {
        MultiLabelResult result = metrics.result();
        addMeans(object, "C", result.perClass());
        addMeans(object, "O", result.overall());
        JsonObject sizes = new JsonObject();
        for (Map.Entry<ObjectSize, SizeRecall> entry : result.bySize().entrySet()) {
            JsonObject recall = new JsonObject();
            recall.addProperty("overall", entry.getValue().overall());
            recall.addProperty("perClass", entry.getValue().perClass());
            recall.addProperty("truePositives", entry.getValue().truePositives());
            recall.addProperty("falseNegatives", entry.getValue().falseNegatives());
            sizes.add(word(entry.getKey()), recall);
        }
        object.add("recallBySize", sizes);
    }

    private static void addMeans(JsonObject object, String kind, PrecisionRecall means) {
        object.addProperty("P_" + kind, means.precision());
        object.addProperty("R_" + kind, means.recall());
        object.addProperty("F_" + kind, means.f1());
    }

    private static String word(ObjectSize size) {
        return size.name().toLowerCase(Locale.ROOT);
    }
}
