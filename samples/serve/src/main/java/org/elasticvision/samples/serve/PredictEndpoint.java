package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Endpoint;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.PredictQuery;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestBody;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.Stage;
import org.elasticvision.samples.serve.http.UploadedImage;
import org.elasticvision.samples.serve.model.ServedModel;

/** {@code POST /v1/models/NAME:predict}: an image file in the body, the answer back. */
final class PredictEndpoint implements Endpoint {
    private final ServedModel model;
    private final PredictionQueue queue;
    private final Limits limits;
    private final ServerMetrics metrics;

    PredictEndpoint(ServedModel model, PredictionQueue queue, Limits limits, ServerMetrics metrics) {
        this.model = model;
        this.queue = queue;
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public Reply answer(Request request) {
        RequestTimes times = new RequestTimes();
        Deadline deadline = Deadline.in(limits.timeout());
        PredictQuery query = PredictQuery.of(request, model.info().task());
        RequestBody.check(request, limits);
        try (PredictionQueue.Place place = queue.enter()) {
            UploadedImage image = new UploadedImage(
                    times.measure(Stage.UPLOAD, () -> RequestBody.read(request, limits, deadline)),
                    model.orientation());
            JsonObject answer = queue.run(
                    model,
                    image.source(query.overlay()),
                    given -> PredictionJson.of(model, given.prediction(), image, query),
                    times,
                    deadline);
            answer.add("timing", times.toJson());
            metrics.answered(model, times);
            return Reply.json(answer);
        } catch (ImageException e) {
            throw new RequestRefused(HttpStatus.UNPROCESSABLE_ENTITY_422, e.getMessage());
        }
    }
}
