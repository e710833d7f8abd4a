package org.elasticvision.samples.serve.v1;

import java.util.List;
import org.elasticvision.samples.serve.body.BodyForm;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.queue.ServerMetrics;
import org.elasticvision.samples.serve.route.Route;

/** The routes under {@code /v1}. */
public final class V1Routes {
    /** Where the models are listed; each is below. */
    public static final String MODELS = "/v1/models";

    /** After a model's path, what it is asked to do. */
    public static final String PREDICT = ":predict";

    private static final String EXPLAIN = ":explain";

    private static final String MODEL = MODELS + "/{" + Route.MODEL + "}";

    private V1Routes() {}

    public static List<Route> of(
            ServedModels models, PredictionQueue queue, Limits limits, ServerMetrics metrics, Decoding decoding) {
        return List.of(
                Route.get(MODELS, (request, path) -> Reply.json(ModelsJson.list(models.models(), limits))),
                Route.get(MODEL, (request, path) -> {
                    try (ServedModels.Lease lease = models.lease(path.get(Route.MODEL))) {
                        return Reply.json(ModelsJson.of(lease.model()));
                    }
                }),
                Route.post(
                        MODEL + PREDICT,
                        BodyForm.IMAGES,
                        new PredictEndpoint(models, queue, limits, metrics, decoding)),
                Route.post(MODEL + EXPLAIN, BodyForm.IMAGE, new ExplainEndpoint(models, queue, decoding)));
    }
}
