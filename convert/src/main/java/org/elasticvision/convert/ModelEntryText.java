package org.elasticvision.convert;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link ModelEntry} as text, for files whose metadata are texts. */
final class ModelEntryText {
    private static final Gson JSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setStrictness(Strictness.STRICT)
            .create();

    private ModelEntryText() {}

    static String of(ModelEntry entry) {
        return JSON.toJson(entry.toValues());
    }

    /**
     * Reads the plain values of an entry.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    static Object values(String text) {
        try {
            return value(JSON.fromJson(text, JsonElement.class));
        } catch (JsonParseException | StackOverflowError | NumberFormatException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
    }

    private static Object value(JsonElement element) {
        if (element == null || element.isJsonNull()) {
            return null;
        }
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .map(ModelEntryText::value)
                    .toList();
        }
        if (element.isJsonObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            element.getAsJsonObject().entrySet().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
            return map;
        }
        JsonPrimitive primitive = element.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        if (primitive.isString()) {
            return primitive.getAsString();
        }
        String digits = primitive.getAsString();
        return digits.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
    }
}
