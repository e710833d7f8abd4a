package org.elasticvision.runtime.dataset.coco;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.elasticvision.runtime.base.DatasetException;

/**
 * One entry of a list in an annotation file: the few fields that are wanted, as text; all others, and nulls, are passed over.
 *
 * @param where names file, list and place, for messages
 * @param outline the area of its segmentation, else of its box, where these were wanted and are there
 */
record CocoElement(String where, Map<String, String> fields, OptionalDouble outline) {
    private static final String SEGMENTATION = "segmentation";
    private static final String BOX = "bbox";

    static CocoElement read(JsonReader json, String where, Set<String> wanted, boolean outlines) throws IOException {
        Map<String, String> fields = new HashMap<>();
        OptionalDouble segmentation = OptionalDouble.empty();
        OptionalDouble box = OptionalDouble.empty();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (wanted.contains(name)) {
                text(json, name, fields);
            } else if (outlines && name.equals(SEGMENTATION)) {
                segmentation = CocoOutline.segmentation(json, where);
            } else if (outlines && name.equals(BOX)) {
                box = CocoOutline.box(json, where);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return new CocoElement(where, fields, segmentation.isPresent() ? segmentation : box);
    }

    /** Python writes NaN, which is not JSON: it is taken for text here, so that the message can name the field. */
    private static void text(JsonReader json, String name, Map<String, String> fields) throws IOException {
        json.setStrictness(Strictness.LENIENT);
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
        } else {
            fields.put(name, json.nextString());
        }
        json.setStrictness(Strictness.STRICT);
    }

    String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new DatasetException(where + " has no '" + field + "'; give an MSCOCO instances_*.json");
        }
        return value;
    }

    /** Also where it is written as 1.0, as pandas does. */
    long whole(String field) {
        try {
            return new BigDecimal(text(field)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DatasetException(where + ": '" + field + "' is '" + text(field) + "', not a whole number", e);
        }
    }

    /** The area as it is written, else that of the outline; empty where neither is there. */
    OptionalDouble area(String field) {
        if (!fields.containsKey(field)) {
            return outline;
        }
        double value;
        try {
            value = Double.parseDouble(text(field));
        } catch (NumberFormatException e) {
            throw new DatasetException(where + ": '" + field + "' is '" + text(field) + "', not a number", e);
        }
        if (!(value >= 0)) {
            throw new DatasetException(where + ": '" + field + "' is " + value
                    + "; an area is 0 or more: correct it, or leave it out to have it computed from the outline");
        }
        return OptionalDouble.of(value);
    }
}
