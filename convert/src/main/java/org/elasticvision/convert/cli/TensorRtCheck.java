package org.elasticvision.convert.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.elasticvision.convert.tensorrt.support.Refusal;
import org.elasticvision.convert.tensorrt.support.SupportCheck;
import org.elasticvision.convert.tensorrt.support.SupportReport;
import org.elasticvision.runtime.cli.ModelCheck;

/** {@code elastic inspect --tensorrt}: whether TensorRT takes a model. */
public final class TensorRtCheck implements ModelCheck {
    @Override
    public String option() {
        return "tensorrt";
    }

    @Override
    public Finding check(Path file) {
        SupportReport report = SupportCheck.of(file);
        return new Finding(report.isSupported(), report.lines(), toJson(report));
    }

    private static JsonObject toJson(SupportReport report) {
        JsonObject object = new JsonObject();
        object.addProperty("version", report.tensorRt());
        object.addProperty("supported", report.isSupported());
        object.addProperty("operators", report.operators());
        object.addProperty("opset", report.opset());
        object.addProperty("precision", report.precision());
        JsonArray refusals = new JsonArray();
        report.refusals().forEach(refusal -> refusals.add(toJson(refusal)));
        object.add("refusals", refusals);
        JsonArray notes = new JsonArray();
        report.notes().forEach(notes::add);
        object.add("notes", notes);
        return object;
    }

    private static JsonObject toJson(Refusal refusal) {
        JsonObject object = new JsonObject();
        object.addProperty("node", refusal.node());
        object.addProperty("operator", refusal.operator());
        object.addProperty("why", refusal.why());
        object.addProperty("remedy", refusal.remedy());
        return object;
    }
}
