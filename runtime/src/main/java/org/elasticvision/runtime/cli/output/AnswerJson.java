package org.elasticvision.runtime.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.model.Task;

/** A machine-readable answer: one JSON object on one line. Stateless. */
public final class AnswerJson {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private AnswerJson() {}

    /** {@return one line of JSON} {@code files} says where pictures of a segmentation were written; null for none. */
    public static String of(Path image, Task task, Prediction answer, List<AnswerRow> rows, OverlayFiles files) {
        JsonObject object = new JsonObject();
        object.addProperty("image", image.toString());
        describe(object, task, answer, rows);
        if (files != null) {
            object.addProperty("mask", files.mask(image).toString());
            object.addProperty("overlay", files.overlay(image).toString());
        }
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
