package org.elasticvision.samples.serve.query;

import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * What a request wants to be explained, from its query.
 *
 * @param classIndex the class whose activation map is wanted; without, the likeliest, or each label that was found
 */
public record ExplainQuery(OptionalInt classIndex) {
    private static final String CLASS = "class";

    /**
     * {@return what a request asks for}
     *
     * @throws RequestRefused 400 for a parameter that is unknown, out of range, or of another task
     */
    public static ExplainQuery of(Request request, ModelInfo info) {
        Fields fields = PredictQuery.query(request);
        PredictQuery.requireKnown(fields, Set.of(CLASS));
        String text = fields.getValue(CLASS);
        if (text == null) {
            return new ExplainQuery(OptionalInt.empty());
        }
        if (info.task().isPerPixel()) {
            throw wrong("class is for classification and multilabel models, this is a " + info.task()
                    + " model; leave it out");
        }
        int classes = info.labels().size();
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= classes) {
            throw wrong("class '" + text + "' must be the index of one of the " + classes + " classes, from 0");
        }
        return new ExplainQuery(OptionalInt.of(Integer.parseInt(text)));
    }

    private static RequestRefused wrong(String message) {
        return new RequestRefused(HttpStatus.BAD_REQUEST_400, message);
    }
}
