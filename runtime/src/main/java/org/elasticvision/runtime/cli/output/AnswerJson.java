package org.elasticvision.runtime.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.model.Task;

/** A machine-readable answer: one JSON object on one line. Stateless. */
public final class AnswerJson {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private AnswerJson() {}

    /**
     * {@return an answer with the name of its image, on one line when printed}
     *
     * @param image the members that say which one it is
     * @param task what the network is for
     * @param answer the model's answer
     * @param rows the classes to show, in their order
     * @param pictures files that were written about it, by the name of the member
     */
    public static JsonObject of(
            JsonObject image, Task task, Prediction answer, List<AnswerRow> rows, Map<String, Path> pictures) {
        JsonObject object = image.deepCopy();
        describe(object, task, answer, rows);
        pictures.forEach((name, file) -> object.addProperty(name, file.toString()));
        return object;
    }

    /** {@return the text of {@link #of}, one line} */
    public static String line(JsonObject object) {
        return GSON.toJson(object);
    }

    /**
     * Adds what an answer says: {@code task}, {@code width} and {@code height} of a segmentation, and {@code classes}, each
     * with {@code index}, {@code id}, {@code name} and {@code probability}, or {@code share} of the pixels; 0..1.
     *
     * @param object gets the members
     * @param task what the network is for
     * @param answer the model's answer
     * @param rows the classes to show, in their order
     */
    public static void describe(JsonObject object, Task task, Prediction answer, List<AnswerRow> rows) {
        object.addProperty("task", task.id());
        if (answer instanceof Segmentation segmentation) {
            object.addProperty("width", segmentation.width());
            object.addProperty("height", segmentation.height());
        }
        object.add("classes", rows(rows, answer instanceof Segmentation ? "share" : "probability"));
    }

    private static JsonArray rows(List<AnswerRow> rows, String part) {
        JsonArray array = new JsonArray();
        for (AnswerRow row : rows) {
            JsonObject object = new JsonObject();
            object.addProperty("index", row.index());
            object.addProperty("id", row.label().id());
            object.addProperty("name", row.label().name());
            object.addProperty(part, row.part());
            array.add(object);
        }
        return array;
    }
}
