package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.samples.serve.access.TokenFile;
import org.elasticvision.samples.serve.body.Body;
import org.elasticvision.samples.serve.body.BodyMemory;
import org.elasticvision.samples.serve.body.BodyReader;
import org.elasticvision.samples.serve.body.RequestBody;
import org.elasticvision.samples.serve.connection.Caller;
import org.elasticvision.samples.serve.connection.ConnectionLimit;
import org.elasticvision.samples.serve.connection.SendDeadline;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.JsonErrors;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.isolate.DecoderPool;
import org.elasticvision.samples.serve.openapi.OpenApi;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.queue.ServerMetrics;
import org.elasticvision.samples.serve.route.Route;
import org.elasticvision.samples.serve.route.RouteTable;
import org.elasticvision.samples.serve.v1.V1Routes;
import org.elasticvision.samples.serve.v2.V2Routes;

/**
 * The server's paths.
 *
 * <ul>
 *   <li>{@code GET /}: the page
 *   <li>{@link V1Routes}: image files in, answers out
 *   <li>{@link V2Routes}: the Open Inference Protocol
 *   <li>{@link OpenApi}: the description of all of them, and its page
 *   <li>{@code GET /healthz}: the process lives
 *   <li>{@code GET /readyz}: the models are loaded and the server is not stopping
 *   <li>{@code GET /metrics}: for Prometheus
 * </ul>
 *
 * <p>Whatever goes wrong is answered with {@code {"error": "…"}}.
 */
final class Routes extends Handler.Abstract {
    private static final String UNKNOWN = "unknown";

    private final RouteTable table;
    private final ServedModels models;
    private final ServerMetrics metrics;
    private final Optional<TokenFile> tokens;

    private final Limits limits;
    private final ConnectionLimit connections;
    private final BodyReader bodies;

    Routes(
            ServedModels models,
            Limits limits,
            Optional<TokenFile> tokens,
            Optional<DecoderPool> decoders,
            ConnectionLimit connections) {
        this.models = models;
        this.limits = limits;
        this.tokens = tokens;
        this.connections = connections;
        BodyMemory memory = new BodyMemory(limits);
        bodies = new BodyReader(limits, memory);
        metrics = new ServerMetrics(models);
        metrics.gauge("elastic_connections", "Connections of clients that are open.", connections::open);
        metrics.gauge("elastic_body_bytes", "Memory that the bodies of requests in hand take.", memory::taken);
        decoders.ifPresent(metrics::add);
        Decoding decoding = decoders.<Decoding>map(pool -> pool).orElse(Decoding.IN_PROCESS);
        PredictionQueue queue = new PredictionQueue(limits);
        List<Route> routes = new ArrayList<>();
        Page.files().forEach((path, reply) -> routes.add(Route.open(path, (request, parts) -> reply)));
        routes.addAll(V1Routes.of(models, queue, limits, metrics, decoding));
        routes.addAll(V2Routes.of(models, queue, limits, metrics, decoding));
        routes.addAll(OpenApi.routes());
        routes.add(Route.open("/healthz", (request, parts) -> status("alive")));
        routes.add(Route.open("/readyz", (request, parts) -> status("ready")));
        routes.add(Route.get("/metrics", (request, parts) -> metrics.scrape()));
        table = new RouteTable(routes);
    }

    /** {@return all routes, for whoever describes them} */
    List<Route> all() {
        return table.routes();
    }

    private static Reply status(String word) {
        JsonObject object = new JsonObject();
        object.addProperty("status", word);
        return Reply.json(object);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new Exchange(request, response, callback).begin();
        return true;
    }

    /** A request on its way to its reply, which is sent once. */
    private final class Exchange implements BodyReader.Receiver {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final String path;
        private final Optional<RouteTable.Found> found;
        private Runnable release = () -> {};

        Exchange(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            path = URIUtil.decodePath(Request.getPathInContext(request));
            found = table.find(path).filter(Routes.this::isServed);
        }

        void begin() {
            request.addIdleTimeoutListener(late -> false); // nothing moves on the connection while a network runs
            try {
                RouteTable.Found there = allowed(request, path, found);
                Route.Upload upload = there.route().upload();
                if (upload == null) {
                    send(there.route().endpoint().answer(request, there.path()));
                } else {
                    refuseCrowds();
                    upload.endpoint().check(request, there.path());
                    RequestBody.check(request, upload.form(), limits);
                    bodies.read(request, upload.form(), Caller.of(request), this);
                }
            } catch (RequestRefused e) {
                refused(e);
            } catch (RuntimeException | Error e) {
                send(failure(e));
            }
        }

        @Override
        public void whole(Body body, Runnable done) {
            release = done;
            Reply reply;
            try {
                RouteTable.Found there = found.orElseThrow();
                reply = there.route().upload().endpoint().answer(request, there.path(), body);
            } catch (RequestRefused e) {
                reply = Reply.error(e.status(), e.getMessage(), e.headers());
            } catch (RuntimeException | Error e) {
                reply = failure(e);
            }
            send(reply);
        }

        @Override
        public void refused(RequestRefused reason) {
            Reply reply = Reply.error(reason.status(), reason.getMessage(), reason.headers());
            BodyReader.discard(request, () -> send(reply));
        }

        private void send(Reply reply) {
            metrics.request(found.map(Routes::label).orElse(UNKNOWN), reply.status());
            reply.send(response, new SendDeadline(request, callback, limits.timeout(), release));
        }
    }

    /** Health, metrics and the page are answered all the same. */
    private void refuseCrowds() {
        if (connections.isExceeded()) {
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "the server is busy: more than " + limits.connections()
                            + " connections are open; try again in a moment",
                    Map.of("Retry-After", "1", "Connection", "close"));
        }
    }

    private static Reply failure(Throwable failure) {
        return failure instanceof ElasticVisionException known ? JsonErrors.failure(known) : JsonErrors.defect(failure);
    }

    private boolean isServed(RouteTable.Found found) {
        String model = found.path().get(Route.MODEL);
        return model == null || models.names().contains(model);
    }

    /** The route by the name that metrics give it: with the model, which is one that is served. */
    private static String label(RouteTable.Found found) {
        String template = found.route().template();
        String model = found.path().get(Route.MODEL);
        return model == null ? template : template.replace("{" + Route.MODEL + "}", model);
    }

    private RouteTable.Found allowed(Request request, String path, Optional<RouteTable.Found> found) {
        if (!found.map(one -> one.route().open()).orElse(false)) {
            tokens.ifPresent(list -> list.check(request));
        }
        RouteTable.Found there = found.orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND_404, missing(path)));
        Route route = there.route();
        String method = request.getMethod();
        if (!route.takes(method)) {
            throw new RequestRefused(
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    method + " is not for " + path + "; use " + route.method(),
                    Map.of("Allow", route.allow()));
        }
        return there;
    }

    private String missing(String path) {
        for (String below : List.of(V1Routes.MODELS, V2Routes.MODELS)) {
            if (path.startsWith(below + "/")) {
                return missing(path, below, path.substring(below.length() + 1));
            }
        }
        return "there is nothing at " + path + "; the page is at /, the models are listed at " + V1Routes.MODELS;
    }

    private String missing(String path, String below, String rest) {
        boolean old = below.equals(V1Routes.MODELS);
        String name = old ? rest.replaceFirst(":[^:/]*$", "") : rest.replaceFirst("/.*$", "");
        if (models.names().contains(name)) {
            String ask = below + "/" + name + (old ? V1Routes.PREDICT : V2Routes.INFER);
            return "there is nothing at " + path + "; to ask this model, POST to " + ask;
        }
        return models.missing(name);
    }
}
