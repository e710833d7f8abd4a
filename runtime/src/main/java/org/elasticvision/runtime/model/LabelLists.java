package org.elasticvision.runtime.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which lists of labels are passed on, besides a label a line: numbered lines ({@code 0: ant}),
 * ImageNet's {@code n01440764 tench, Tinca tinca}, and JSON (a list; names by number, as in {@code
 * imagenet_class_index.json}; numbers by name, as torchvision's {@code class_to_idx}; {@code id2label} of a {@code
 * config.json}). Python's printed dictionaries pass for JSON.
 */
final class LabelLists {
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,6})\\s*[:)=;]\\s*(\\S.*)");
    private static final Pattern SYNSET = Pattern.compile("(n[0-9]{8}) +(\\S.*)");
    private static final String ID_TO_LABEL = "id2label";

    private LabelLists() {}

    /**
     * Reads a text that is not in the plain form.
     *
     * @param text without empty lines at its end
     * @return empty if it may be in the plain form
     * @throws IllegalArgumentException if it begins as JSON and is none with labels, or its numbers leave gaps
     */
    static List<Label> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
            return json(trimmed);
        }
        List<String> lines = text.lines().toList();
        List<Label> synsets = synsets(lines);
        return synsets.isEmpty() ? numbered(lines) : synsets;
    }

    private static List<Label> synsets(List<String> lines) {
        List<Label> labels = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = SYNSET.matcher(line);
            if (!matcher.matches()) {
                return List.of();
            }
            labels.add(new Label(matcher.group(1), matcher.group(2).strip()));
        }
        return labels;
    }

    /** All lines must be numbered, without a tab, which separates an id from a name. */
    private static List<Label> numbered(List<String> lines) {
        Map<Integer, Label> labels = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = NUMBERED.matcher(line.strip());
            if (line.indexOf('\t') >= 0 || !matcher.matches()) {
                return List.of();
            }
            if (labels.put(Integer.parseInt(matcher.group(1)), label(matcher.group(2))) != null) {
                return List.of();
            }
        }
        // "3: best" alone is a label
        return labels.size() < 2 || !isConsecutive(labels) ? List.of() : List.copyOf(labels.values());
    }

    private static boolean isConsecutive(Map<Integer, Label> labels) {
        int next = labels.keySet().iterator().next();
        if (next > 1) {
            return false;
        }
        for (int number : labels.keySet()) {
            if (number != next++) {
                return false;
            }
        }
        return true;
    }

    private static Label label(String name) {
        return new Label(name, name);
    }

    private static List<Label> json(String text) {
        JsonElement root;
        try {
            root = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("begins like JSON but is not valid JSON", e);
        }
        if (root.isJsonArray()) {
            JsonArray array = root.getAsJsonArray();
            List<Label> labels = new ArrayList<>();
            array.forEach(element -> labels.add(label(element)));
            return require(labels);
        }
        JsonObject object = root.getAsJsonObject();
        if (object.has(ID_TO_LABEL) && object.get(ID_TO_LABEL).isJsonObject()) {
            object = object.getAsJsonObject(ID_TO_LABEL);
        }
        Map<Integer, Label> labels = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            boolean byName = isNumber(entry.getValue());
            String number = byName ? entry.getValue().getAsString() : entry.getKey();
            Label label = byName ? label(entry.getKey()) : label(entry.getValue());
            if (!number.matches("[0-9]{1,6}") || labels.put(Integer.parseInt(number), label) != null) {
                throw new IllegalArgumentException("is JSON, but '" + entry.getKey()
                        + "' is not a class's number with its name, or its name with its number");
            }
        }
        if (labels.isEmpty() || !isConsecutive(labels)) {
            throw new IllegalArgumentException("is JSON whose numbers are not 0, 1, 2, … without a gap");
        }
        return require(List.copyOf(labels.values()));
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }

    /** A name, or an id with a name. */
    private static Label label(JsonElement value) {
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
            return label(value.getAsString());
        }
        if (value.isJsonArray() && value.getAsJsonArray().size() == 2) {
            JsonElement id = value.getAsJsonArray().get(0);
            JsonElement name = value.getAsJsonArray().get(1);
            if (id.isJsonPrimitive() && name.isJsonPrimitive()) {
                return new Label(id.getAsString(), name.getAsString());
            }
        }
        throw new IllegalArgumentException("is JSON, but " + value + " is neither a name nor [id, name]");
    }

    private static List<Label> require(List<Label> labels) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("is JSON without labels");
        }
        return List.copyOf(labels);
    }
}
