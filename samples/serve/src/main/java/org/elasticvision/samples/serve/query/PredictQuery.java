package org.elasticvision.samples.serve.query;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * What a request wants to know, from its query.
 *
 * @param top at most so many classes; null for the task's usual number
 * @param threshold leaves out classes less likely, or smaller; null for the task's usual rule
 * @param mask whether the segmentation is wanted as a palette PNG of class indices
 * @param overlay whether the image is wanted with the segmentation's colours on it, as a PNG
 * @param alpha how much of the colour, 0..1
 */
public record PredictQuery(Integer top, Double threshold, boolean mask, boolean overlay, double alpha) {
    private static final Set<String> NAMES = new TreeSet<>(Set.of("top", "threshold", "mask", "overlay", "alpha"));
    private static final double USUAL_ALPHA = 0.5;

    /**
     * {@return what a request asks for}
     *
     * @throws RequestRefused 400 for a parameter that is unknown, out of range, or of another task
     */
    public static PredictQuery of(Request request, Task task) {
        return of(query(request), task);
    }

    /**
     * {@return what parameters ask for, wherever they come from}
     *
     * @throws RequestRefused as for a query
     */
    public static PredictQuery of(Fields fields, Task task) {
        requireKnown(fields, NAMES);
        PredictQuery query = new PredictQuery(
                number(fields, "top", Integer::valueOf, value -> value >= 1, "a whole number above 0"),
                number(fields, "threshold", Double::valueOf, PredictQuery::isPart, "between 0 and 1"),
                isPng(fields, "mask"),
                isPng(fields, "overlay"),
                number(fields, "alpha", Double::valueOf, PredictQuery::isPart, "between 0 and 1", USUAL_ALPHA));
        if ((query.mask || query.overlay) && !task.isPerPixel()) {
            throw wrong("mask and overlay are for segmentation models, this is a " + task + " model; leave them out");
        }
        if (fields.get("alpha") != null && !query.overlay) {
            throw wrong("alpha says how strong the colours of an overlay are; add overlay=png, or leave it out");
        }
        return query;
    }

    /** Each parameter once: of two values one would be ignored. */
    static void requireKnown(Fields fields, Set<String> names) {
        for (Fields.Field field : fields) {
            if (!names.contains(field.getName())) {
                throw wrong("unknown parameter '" + field.getName() + "': use " + String.join(", ", names));
            }
            if (field.getValues().size() > 1) {
                throw wrong("parameter '" + field.getName() + "' is given "
                        + field.getValues().size() + " times; give it once");
            }
        }
    }

    static Fields query(Request request) {
        try {
            return Request.extractQueryParameters(request);
        } catch (RuntimeException e) { // what Jetty throws for broken escapes
            throw wrong("the query cannot be read; escape its values as URLs want it");
        }
    }

    private static boolean isPng(Fields fields, String name) {
        String value = fields.getValue(name);
        if (value != null && !value.equals("png")) {
            throw wrong(name + " '" + value + "' must be png");
        }
        return value != null;
    }

    private static boolean isPart(double value) {
        return value >= 0 && value <= 1;
    }

    private static <T> T number(
            Fields fields, String name, Function<String, T> parser, Predicate<T> allowed, String range, T otherwise) {
        T value = number(fields, name, parser, allowed, range);
        return value == null ? otherwise : value;
    }

    private static <T> T number(
            Fields fields, String name, Function<String, T> parser, Predicate<T> allowed, String range) {
        String text = fields.getValue(name);
        if (text == null) {
            return null;
        }
        try {
            T value = parser.apply(text);
            if (allowed.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name + " '" + text + "' must be " + range);
    }

    private static RequestRefused wrong(String message) {
        return new RequestRefused(HttpStatus.BAD_REQUEST_400, message);
    }
}
