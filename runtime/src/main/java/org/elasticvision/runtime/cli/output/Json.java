package org.elasticvision.runtime.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;

/** The JSON forms that several commands print. */
public final class Json {
    private Json() {}

    /** An array; an open batch is -1. */
    public static JsonArray shape(TensorShape shape) {
        JsonArray array = new JsonArray();
        shape.dimensions().forEach(array::add);
        return array;
    }

    public static JsonArray labels(List<Label> labels) {
        JsonArray array = new JsonArray();
        for (Label label : labels) {
            JsonObject object = new JsonObject();
            object.addProperty("id", label.id());
            object.addProperty("name", label.name());
            array.add(object);
        }
        return array;
    }

    /** What a plug-in was seen to do. */
    public static JsonObject observation(Observation seen) {
        JsonObject object = new JsonObject();
        object.addProperty("device", seen.device());
        object.addProperty("precision", seen.precision());
        seen.difference().ifPresent(difference -> object.addProperty("difference", difference));
        return object;
    }

    /** What {@code auto} took, and why. */
    public static JsonObject choice(EngineChoice choice) {
        JsonObject object = new JsonObject();
        object.addProperty("provider", choice.provider());
        object.addProperty("engine", choice.engine());
        object.addProperty("reason", choice.reason());
        return object;
    }

    public static JsonObject preprocessing(Preprocessing preprocessing) {
        JsonObject object = new JsonObject();
        object.addProperty("fit", word(preprocessing.fit()));
        if (preprocessing.fit() == Preprocessing.Fit.RESIZE_AND_CROP) {
            object.addProperty("resize", preprocessing.resize());
        }
        object.addProperty("height", preprocessing.height());
        object.addProperty("width", preprocessing.width());
        object.addProperty("interpolation", word(preprocessing.interpolation()));
        if (preprocessing.view() != View.UNSTATED) {
            object.addProperty("exif", preprocessing.view().id());
        }
        object.add("mean", floats(preprocessing.mean()));
        object.add("std", floats(preprocessing.std()));
        return object;
    }

    /**
     * Adds figures by name.
     *
     * @param figures numbers, or again figures by name
     */
    public static void add(JsonObject object, Map<?, ?> figures) {
        figures.forEach((name, value) -> {
            if (value instanceof Map<?, ?> more) {
                JsonObject inner = new JsonObject();
                add(inner, more);
                object.add((String) name, inner);
            } else {
                object.addProperty((String) name, (Number) value);
            }
        });
    }

    private static JsonArray floats(List<Float> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
