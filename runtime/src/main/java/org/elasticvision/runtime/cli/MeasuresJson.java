package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.dataset.ObjectSize;
import org.elasticvision.runtime.metrics.ClassificationResult;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.metrics.PrecisionRecall;
import org.elasticvision.runtime.metrics.SegmentationResult;
import org.elasticvision.runtime.metrics.SizeRecall;
import org.elasticvision.runtime.model.Label;

/** Measures as members of a JSON object. */
final class MeasuresJson {
    private MeasuresJson() {}

    static void addTo(JsonObject object, Measures measures, List<Label> labels) {
        if (measures instanceof ClassificationResult result) {
            object.addProperty("err1", result.error1());
            result.error5().ifPresent(error5 -> object.addProperty("err5", error5));
            object.addProperty("crossEntropy", result.crossEntropy());
        } else if (measures instanceof MultiLabelResult result) {
            addTo(object, result);
        } else if (measures instanceof SegmentationResult result) {
            addTo(object, result, labels);
        }
    }

    private static void addTo(JsonObject object, MultiLabelResult result) {
        addMeans(object, "C", result.perClass());
        addMeans(object, "O", result.overall());
        JsonObject sizes = new JsonObject();
        for (Map.Entry<ObjectSize, SizeRecall> entry : result.bySize().entrySet()) {
            JsonObject recall = new JsonObject();
            if (entry.getValue().occurs()) {
                recall.addProperty("overall", entry.getValue().overall());
                recall.addProperty("perClass", entry.getValue().perClass());
            }
            recall.addProperty("truePositives", entry.getValue().truePositives());
            recall.addProperty("falseNegatives", entry.getValue().falseNegatives());
            sizes.add(MeasuresText.word(entry.getKey()), recall);
        }
        object.add("recallBySize", sizes);
    }

    private static void addMeans(JsonObject object, String kind, PrecisionRecall means) {
        object.addProperty("P_" + kind, means.precision());
        object.addProperty("R_" + kind, means.recall());
        object.addProperty("F_" + kind, means.f1());
    }

    private static void addTo(JsonObject object, SegmentationResult result, List<Label> labels) {
        object.addProperty("meanIou", result.meanIou());
        object.addProperty("pixelAccuracy", result.pixelAccuracy());
        JsonObject ious = new JsonObject();
        for (int i = 0; i < labels.size(); i++) {
            ious.addProperty(labels.get(i).name(), result.classes().get(i).iou());
        }
        object.add("iou", ious);
    }
}
