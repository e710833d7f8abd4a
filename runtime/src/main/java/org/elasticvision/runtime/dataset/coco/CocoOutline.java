package org.elasticvision.runtime.dataset.coco;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.elasticvision.runtime.base.DatasetException;

/**
 * The area in square pixels that an MSCOCO {@code segmentation} or {@code bbox} encloses, for files that leave {@code area}
 * out. A segmentation is a list of polygons {@code [x, y, x, y, …]}, or a mask as run lengths that begin with the
 * background, a list of numbers or packed into text as pycocotools packs them.
 */
final class CocoOutline {
    private static final int BITS = 5;
    private static final int FIRST_CHARACTER = 48;
    private static final int MAX_GROUPS = 12;

    private CocoOutline() {}

    /** The area of the value that comes next; empty where it is null or has no points. */
    static OptionalDouble segmentation(JsonReader json, String where) throws IOException {
        return switch (json.peek()) {
            case BEGIN_ARRAY -> polygons(json, where);
            case BEGIN_OBJECT -> runs(json, where);
            default -> {
                json.skipValue();
                yield OptionalDouble.empty();
            }
        };
    }

    /** The area of the box {@code [x, y, width, height]} that comes next; empty where it is null. */
    static OptionalDouble box(JsonReader json, String where) throws IOException {
        if (json.peek() != JsonToken.BEGIN_ARRAY) {
            json.skipValue();
            return OptionalDouble.empty();
        }
        json.beginArray();
        List<Double> values = numbers(json);
        json.endArray();
        if (values.size() != 4) {
            throw new DatasetException(where + ": 'bbox' has " + values.size() + " numbers, not x, y, width, height");
        }
        return OptionalDouble.of(values.get(2) * values.get(3));
    }

    private static OptionalDouble polygons(JsonReader json, String where) throws IOException {
        double area = 0;
        boolean any = false;
        json.beginArray();
        List<Double> flat = numbers(json); // some tools leave the outer list out
        while (json.peek() == JsonToken.BEGIN_ARRAY) {
            json.beginArray();
            area += polygon(numbers(json), where);
            any = true;
            json.endArray();
        }
        json.endArray();
        if (!flat.isEmpty()) {
            area += polygon(flat, where);
        }
        return any || !flat.isEmpty() ? OptionalDouble.of(area) : OptionalDouble.empty();
    }

    private static List<Double> numbers(JsonReader json) throws IOException {
        List<Double> numbers = new ArrayList<>();
        while (json.peek() == JsonToken.NUMBER) {
            numbers.add(json.nextDouble());
        }
        return numbers;
    }

    /** Half the sum of cross products of neighbours. */
    private static double polygon(List<Double> points, String where) {
        int values = points.size();
        if (values % 2 != 0) {
            throw new DatasetException(
                    where + ": a polygon of 'segmentation' has " + values + " numbers; they must be pairs of x and y");
        }
        double twice = 0;
        for (int i = 0; i < values; i += 2) {
            int next = (i + 2) % values;
            twice += points.get(i) * points.get(next + 1) - points.get(next) * points.get(i + 1);
        }
        return Math.abs(twice) / 2;
    }

    private static OptionalDouble runs(JsonReader json, String where) throws IOException {
        OptionalDouble area = OptionalDouble.empty();
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals("counts")) {
                json.skipValue();
            } else if (json.peek() == JsonToken.STRING) {
                area = OptionalDouble.of(packed(json.nextString(), where));
            } else {
                area = OptionalDouble.of(counted(json));
            }
        }
        json.endObject();
        return area;
    }

    private static double counted(JsonReader json) throws IOException {
        double area = 0;
        json.beginArray();
        for (boolean object = false; json.hasNext(); object = !object) {
            double run = json.nextDouble();
            area += object ? run : 0;
        }
        json.endArray();
        return area;
    }

    /**
     * Every number is written in groups of five bits, lowest first, one per character from '0' on; the sixth bit says that
     * more follow, the highest of the last five is the sign. From the fourth number on it is the difference to the number
     * two before.
     */
    private static double packed(String text, String where) {
        double area = 0;
        long before = 0;
        long last = 0;
        int count = 0;
        for (int at = 0; at < text.length(); count++) {
            long value = 0;
            int groups = 0;
            int bits;
            do {
                bits = at < text.length() ? text.charAt(at++) - FIRST_CHARACTER : -1;
                if (bits < 0 || bits > 63 || groups == MAX_GROUPS) {
                    throw new DatasetException(where + ": 'segmentation' has 'counts' that are not run lengths");
                }
                value |= (long) (bits & 31) << (BITS * groups++);
            } while ((bits & 32) != 0);
            if ((bits & 16) != 0) {
                value |= -1L << (BITS * groups);
            }
            value += count > 2 ? before : 0;
            before = last;
            last = value;
            area += count % 2 == 1 ? value : 0;
        }
        return area;
    }
}
