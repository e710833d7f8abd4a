package org.elasticvision.samples.serve.v2;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.queue.ServerMetrics;
import org.elasticvision.samples.serve.route.Route;
import org.elasticvision.samples.serve.v2.request.InferBody;

/** The routes under {@code /v2}. */
public final class V2Routes {
    /** Below it are the models; the protocol has no list of them. */
    public static final String MODELS = "/v2/models";

    /** After a model's path, what it is asked to do. */
    public static final String INFER = "/infer";

    private static final String VERSION = "version";

    private V2Routes() {}

    public static List<Route> of(
            ServedModels models, PredictionQueue queue, Limits limits, ServerMetrics metrics, Decoding decoding) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/v2", (request, path) -> Reply.json(MetadataJson.server())));
        routes.add(Route.open("/v2/health/live", (request, path) -> Reply.json(flag("live"))));
        routes.add(Route.open("/v2/health/ready", (request, path) -> Reply.json(flag("ready"))));
        InferEndpoint infer = new InferEndpoint(models, queue, limits, metrics, decoding);
        String model = MODELS + "/{" + Route.MODEL + "}";
        for (String one : List.of(model, model + "/versions/{" + VERSION + "}")) {
            routes.add(Route.get(one, (request, path) -> {
                try (ServedModels.Lease lease = lease(models, path)) {
                    return Reply.json(MetadataJson.of(lease));
                }
            }));
            routes.add(Route.get(one + "/ready", (request, path) -> {
                try (ServedModels.Lease lease = lease(models, path)) {
                    JsonObject object = new JsonObject();
                    object.addProperty("name", lease.model().name());
                    object.addProperty("ready", true);
                    return Reply.json(object);
                }
            }));
            routes.add(Route.post(one + INFER, InferBody.FORM, infer));
        }
        return routes;
    }

    private static JsonObject flag(String name) {
        JsonObject object = new JsonObject();
        object.addProperty(name, true);
        return object;
    }

    /**
     * Holds the model of a path.
     *
     * @throws RequestRefused 404 where there is none of that name, or not of that version
     */
    static ServedModels.Lease lease(ServedModels models, Map<String, String> path) {
        ServedModels.Lease lease = models.lease(path.get(Route.MODEL));
        String version = path.get(VERSION);
        if (version == null || version.equals(Integer.toString(lease.version()))) {
            return lease;
        }
        lease.close();
        throw new RequestRefused(
                HttpStatus.NOT_FOUND_404,
                "model '" + lease.model().name() + "' has no version '" + version + "' here; there is "
                        + lease.version());
    }
}
