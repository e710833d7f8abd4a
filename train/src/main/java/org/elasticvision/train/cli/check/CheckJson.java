package org.elasticvision.train.cli.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.elasticvision.train.check.CheckResult;
import org.elasticvision.train.check.CheckResult.Size;
import org.elasticvision.train.check.finding.Finding;
import org.elasticvision.train.check.finding.Finding.Example;

/** A check as one JSON object. */
public final class CheckJson {
    private CheckJson() {}

    /**
     * {@return the object}
     *
     * @param data where the data lie
     * @param result what was found
     */
    public static JsonObject of(String data, CheckResult result) {
        JsonObject object = new JsonObject();
        object.addProperty("data", data);
        object.addProperty("ok", !result.fails());
        object.addProperty("verdict", result.verdict());
        object.addProperty("task", result.task().id());
        result.layout().ifPresent(layout -> object.addProperty("layout", word(layout.name())));
        result.heldOut().ifPresent(share -> object.addProperty("heldOut", share));
        object.addProperty("inputSize", result.input().toString());
        JsonObject images = new JsonObject();
        images.addProperty("training", result.training());
        images.addProperty("validation", result.validation());
        object.add("images", images);
        result.sizes().ifPresent(sizes -> {
            JsonObject all = new JsonObject();
            all.add("smallest", size(sizes.smallest()));
            all.add("largest", size(sizes.largest()));
            all.add("longest", size(sizes.longest()));
            object.add("sizes", all);
        });
        JsonArray classes = new JsonArray();
        result.classes().forEach(one -> {
            JsonObject facts = new JsonObject();
            facts.addProperty("name", one.name());
            facts.addProperty("training", one.training());
            facts.addProperty("validation", one.validation());
            classes.add(facts);
        });
        object.add("classes", classes);
        JsonArray findings = new JsonArray();
        result.findings().forEach(finding -> findings.add(finding(finding)));
        object.add("findings", findings);
        return object;
    }

    private static JsonObject size(Size size) {
        JsonObject object = new JsonObject();
        object.addProperty("width", size.width());
        object.addProperty("height", size.height());
        object.addProperty("image", size.name());
        return object;
    }

    private static JsonObject finding(Finding finding) {
        JsonObject object = new JsonObject();
        object.addProperty("kind", finding.kind().id());
        object.addProperty("severity", finding.severity().id());
        object.addProperty("count", finding.count());
        object.addProperty("what", finding.kind().what());
        object.addProperty("run", finding.kind().run());
        object.addProperty("remedy", finding.kind().remedy());
        JsonArray examples = new JsonArray();
        for (Example example : finding.examples()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", example.name());
            if (!example.detail().isEmpty()) {
                one.addProperty("detail", example.detail());
            }
            if (!example.other().isEmpty()) {
                one.addProperty("other", example.other());
            }
            examples.add(one);
        }
        object.add("examples", examples);
        return object;
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
