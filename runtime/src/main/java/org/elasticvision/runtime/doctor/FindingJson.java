package org.elasticvision.runtime.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;

/** The JSON form of findings: always the same keys, null where there is nothing to say. */
public final class FindingJson {
    private FindingJson() {}

    /**
     * {@return an object for each finding}
     *
     * @param findings in order
     */
    public static JsonArray toJson(List<Finding> findings) {
        JsonArray array = new JsonArray();
        for (Finding finding : findings) {
            JsonObject object = new JsonObject();
            object.addProperty("name", finding.name());
            object.addProperty("status", finding.health().id());
            object.add("version", text(finding.version()));
            object.add("detail", text(finding.detail()));
            object.add("remedy", text(finding.remedy()));
            array.add(object);
        }
        return array;
    }

    static List<Finding> fromJson(JsonArray array) {
        List<Finding> findings = new ArrayList<>();
        for (JsonElement element : array) {
            JsonObject object = element.getAsJsonObject();
            findings.add(new Finding(
                    object.get("name").getAsString(),
                    Health.of(object.get("status").getAsString()),
                    text(object.get("version")),
                    text(object.get("detail")),
                    text(object.get("remedy"))));
        }
        return findings;
    }

    private static JsonElement text(Optional<String> text) {
        return text.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
    }

    private static Optional<String> text(JsonElement element) {
        return element.isJsonNull() ? Optional.empty() : Optional.of(element.getAsString());
    }
}
