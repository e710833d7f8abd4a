package org.elasticvision.runtime.dataset;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.DatasetException;

/**
 * One entry of a list in an annotation file: the few fields that are wanted, as text; all others are passed over.
 *
 * @param where names file, list and place, for messages
 */
record CocoElement(String where, Map<String, String> fields) {
    static CocoElement read(JsonReader json, String where, Set<String> wanted) throws IOException {
        Map<String, String> fields = new HashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (wanted.contains(name)) {
                fields.put(name, json.nextString());
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return new CocoElement(where, fields);
    }

    String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new DatasetException(where + " has no '" + field + "'; give an MSCOCO instances_*.json");
        }
        return value;
    }

    long whole(String field) {
        try {
            return Long.parseLong(text(field));
        } catch (NumberFormatException e) {
            throw new DatasetException(where + ": '" + field + "' is '" + text(field) + "', not a whole number", e);
        }
    }

    double area(String field) {
        double value;
        try {
            value = Double.parseDouble(text(field));
        } catch (NumberFormatException e) {
            throw new DatasetException(where + ": '" + field + "' is '" + text(field) + "', not a number", e);
        }
        if (!(value >= 0)) {
            throw new DatasetException(where + ": '" + field + "' is " + value + "; an area is 0 or more");
        }
        return value;
    }
}
