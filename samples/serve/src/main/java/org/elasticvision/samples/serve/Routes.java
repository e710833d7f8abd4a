package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.samples.serve.http.Endpoint;
import org.elasticvision.samples.serve.http.JsonErrors;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestBody;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.model.ServedModel;

/**
 * The server's paths.
 *
 * <ul>
 *   <li>{@code GET /}: the page
 *   <li>{@code GET /v1/models}, {@code GET /v1/models/NAME}: what is served
 *   <li>{@code POST /v1/models/NAME:predict}: {@link PredictEndpoint}
 *   <li>{@code GET /healthz}: the process lives
 *   <li>{@code GET /readyz}: the models are loaded and the server is not stopping
 *   <li>{@code GET /metrics}: for Prometheus
 * </ul>
 *
 * <p>Whatever goes wrong is answered with {@code {"error": "…"}}.
 */
final class Routes extends Handler.Abstract {
    private static final String MODELS = "/v1/models";
    private static final String PREDICT = ":predict";
    private static final String UNKNOWN = "unknown";

    /** The route of a path, by the name that metrics give it. */
    private record Route(String name, String method, Endpoint endpoint) {}

    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, ServedModel> models;
    private final ServerMetrics metrics;

    Routes(List<ServedModel> served, PredictionQueue queue, Limits limits) {
        models = served.stream().collect(Collectors.toMap(ServedModel::name, model -> model));
        metrics = new ServerMetrics(served, queue);
        Page.files().forEach((path, reply) -> get(path, request -> reply));
        get(MODELS, request -> Reply.json(ModelsJson.list(served, limits)));
        get("/healthz", request -> status("alive"));
        get("/readyz", request -> status("ready"));
        get("/metrics", request -> metrics.scrape());
        for (ServedModel model : served) {
            String path = MODELS + "/" + model.name();
            routes.put(path, new Route(MODELS, "GET", request -> Reply.json(ModelsJson.of(model))));
            routes.put(
                    path + PREDICT,
                    new Route(path + PREDICT, "POST", new PredictEndpoint(model, queue, limits, metrics)));
        }
    }

    private void get(String path, Endpoint endpoint) {
        routes.put(path, new Route(path, "GET", endpoint));
    }

    private static Reply status(String word) {
        JsonObject object = new JsonObject();
        object.addProperty("status", word);
        return Reply.json(object);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = URIUtil.decodePath(Request.getPathInContext(request));
        Route route = routes.get(path);
        request.addIdleTimeoutListener(late -> false); // nothing moves on the connection while a network runs
        Reply reply;
        try {
            reply = answer(request, path, route);
        } catch (RequestRefused e) {
            RequestBody.discard(request);
            reply = Reply.error(e.status(), e.getMessage(), e.headers());
        } catch (ElasticVisionException e) {
            reply = Reply.error(HttpStatus.INTERNAL_SERVER_ERROR_500, e.getMessage(), Map.of());
        } catch (RuntimeException | Error e) {
            reply = JsonErrors.defect(e);
        }
        metrics.request(route == null ? UNKNOWN : route.name(), reply.status());
        reply.send(response, callback);
        return true;
    }

    private Reply answer(Request request, String path, Route route) {
        if (route == null) {
            throw new RequestRefused(HttpStatus.NOT_FOUND_404, missing(path));
        }
        String method = request.getMethod();
        if (!method.equals(route.method())
                && !(method.equals("HEAD") && route.method().equals("GET"))) {
            throw new RequestRefused(
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    method + " is not for " + path + "; use " + route.method(),
                    Map.of("Allow", route.method().equals("GET") ? "GET, HEAD" : route.method()));
        }
        return route.endpoint().answer(request);
    }

    private String missing(String path) {
        if (!path.startsWith(MODELS + "/")) {
            return "there is nothing at " + path + "; the page is at /, the models are listed at " + MODELS;
        }
        String name = path.substring(MODELS.length() + 1).replaceFirst(":[^:/]*$", "");
        if (models.containsKey(name)) {
            return "there is nothing at " + path + "; to ask this model, POST to " + MODELS + "/" + name + PREDICT;
        }
        return "no model '" + name + "' is served here; there is "
                + models.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
