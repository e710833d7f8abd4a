package org.elasticvision.samples.serve.v1;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.model.ServedModel;

/** What the server says of its models. */
public final class ModelsJson {
    private ModelsJson() {}

    /** All models in short, and what a request may take. */
    public static JsonObject list(Collection<ServedModel> models, Limits limits) {
        JsonArray array = new JsonArray();
        models.forEach(model -> array.add(summary(model)));
        JsonObject limit = new JsonObject();
        limit.addProperty("bodyBytes", limits.bodyBytes());
        limit.addProperty("concurrent", limits.concurrent());
        limit.addProperty("waiting", limits.waiting());
        limit.addProperty("images", limits.images());
        limit.addProperty("timeoutSeconds", limits.timeout().toMillis() / 1000.0);
        JsonObject object = new JsonObject();
        object.add("models", array);
        object.add("limits", limit);
        return object;
    }

    /** One model with its labels, in class order. */
    public static JsonObject of(ServedModel model) {
        JsonArray labels = new JsonArray();
        for (Label label : model.info().labels()) {
            JsonObject one = new JsonObject();
            one.addProperty("id", label.id());
            one.addProperty("name", label.name());
            labels.add(one);
        }
        JsonObject object = summary(model);
        object.add("labels", labels);
        return object;
    }

    private static JsonObject summary(ServedModel model) {
        ModelInfo info = model.info();
        JsonObject object = new JsonObject();
        object.addProperty("name", model.name());
        object.addProperty("task", info.task().id());
        object.addProperty("architecture", info.architecture());
        object.addProperty("precision", info.precision());
        object.addProperty("classes", info.labels().size());
        object.addProperty("height", info.preprocessing().height());
        object.addProperty("width", info.preprocessing().width());
        object.addProperty("exif", model.orientation().view().id());
        object.addProperty("explain", model.canExplain());
        return object;
    }
}
