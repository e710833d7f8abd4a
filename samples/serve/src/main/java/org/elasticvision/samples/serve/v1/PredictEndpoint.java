package org.elasticvision.samples.serve.v1;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.samples.serve.body.Body;
import org.elasticvision.samples.serve.body.BodyForm;
import org.elasticvision.samples.serve.body.RequestBody;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.UploadedImage;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.query.PredictQuery;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.RequestTimes;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.queue.ServerMetrics;
import org.elasticvision.samples.serve.route.Route;
import org.elasticvision.samples.serve.route.UploadEndpoint;

/**
 * {@code POST /v1/models/NAME:predict}: an image file in the body, the answer back; or several in a form or in JSON, and their
 * answers in order.
 */
public final class PredictEndpoint implements UploadEndpoint {
    private final ServedModels models;
    private final PredictionQueue queue;
    private final Limits limits;
    private final ServerMetrics metrics;
    private final Decoding decoding;

    public PredictEndpoint(
            ServedModels models, PredictionQueue queue, Limits limits, ServerMetrics metrics, Decoding decoding) {
        this.models = models;
        this.queue = queue;
        this.limits = limits;
        this.metrics = metrics;
        this.decoding = decoding;
    }

    @Override
    public void check(Request request, Map<String, String> path) {
        try (ServedModels.Lease lease = models.lease(path.get(Route.MODEL))) {
            PredictQuery.of(request, lease.model().info().task());
            queue.check(lease);
        }
    }

    @Override
    public Reply answer(Request request, Map<String, String> path, Body body) {
        RequestTimes times = new RequestTimes(body);
        try (ServedModels.Lease lease = models.lease(path.get(Route.MODEL));
                PredictionQueue.Place place = queue.enter(lease)) {
            PredictQuery query = PredictQuery.of(request, lease.model().info().task());
            byte[] bytes = body.bytes();
            Deadline deadline = body.deadline();
            return Reply.json(
                    switch (RequestBody.type(request)) {
                        case BodyForm.MULTIPART ->
                            several(lease, FormImages.read(type(request), bytes, limits), query, times, deadline);
                        case BodyForm.JSON -> several(lease, JsonImages.read(bytes, limits), query, times, deadline);
                        default -> one(lease, bytes, query, times, deadline);
                    });
        } catch (ImageException e) {
            throw new RequestRefused(HttpStatus.UNPROCESSABLE_ENTITY_422, e.getMessage());
        }
    }

    private static String type(Request request) {
        return request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    }

    private JsonObject one(
            ServedModels.Lease lease, byte[] file, PredictQuery query, RequestTimes times, Deadline deadline) {
        ServedModel model = lease.model();
        UploadedImage image = new UploadedImage(file, model.orientation(), decoding);
        JsonObject answer = queue.run(lease, question(model, image, query, times), deadline);
        answer.add("timing", times.toJson());
        metrics.answered(model, times);
        return answer;
    }

    /** One that cannot be decoded has its error in its place, and what its status would be by itself. */
    private JsonObject several(
            ServedModels.Lease lease, List<Upload> images, PredictQuery query, RequestTimes times, Deadline deadline) {
        ServedModel model = lease.model();
        List<RequestTimes> each =
                images.stream().map(image -> new RequestTimes()).toList();
        List<JsonObject> answers = queue.runAll(
                lease,
                images.size(),
                i -> question(model, images.get(i), i, query, each.get(i)),
                PredictEndpoint::failed,
                deadline);
        JsonArray predictions = new JsonArray();
        for (int i = 0; i < answers.size(); i++) {
            JsonObject answer = answers.get(i);
            if (!answer.has("error")) {
                answer.add("timing", each.get(i).toJson());
                metrics.answered(model, each.get(i));
            }
            predictions.add(answer);
        }
        JsonObject object = new JsonObject();
        object.addProperty("model", model.name());
        object.add("predictions", predictions);
        object.add("timing", times.toJson());
        return object;
    }

    private PredictionQueue.Question<JsonObject> question(
            ServedModel model, UploadedImage image, PredictQuery query, RequestTimes times) {
        return new PredictionQueue.Question<>(
                image.source(query.overlay()),
                given -> PredictionJson.of(model, given.prediction(), image, query),
                times);
    }

    private PredictionQueue.Question<JsonObject> question(
            ServedModel model, Upload upload, int index, PredictQuery query, RequestTimes times) {
        String name = "image " + index;
        if (upload.wrong() == null) {
            return question(
                    model, new UploadedImage(upload.bytes(), model.orientation(), decoding, name), query, times);
        }
        ImageSource wrong = ImageSource.of(
                () -> {
                    throw new ImageException(upload.wrong());
                },
                name);
        return new PredictionQueue.Question<>(wrong, given -> new JsonObject(), times);
    }

    private static JsonObject failed(int index, RuntimeException failure) {
        if (failure instanceof ImageException) {
            JsonObject object = new JsonObject();
            object.addProperty("error", failure.getMessage());
            object.addProperty("status", HttpStatus.UNPROCESSABLE_ENTITY_422);
            return object;
        }
        throw failure;
    }
}
