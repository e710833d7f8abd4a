package org.elasticvision.samples.serve.v1;

import com.google.gson.JsonObject;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.samples.serve.http.BodyForm;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.PredictQuery;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestBody;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.Stage;
import org.elasticvision.samples.serve.http.UploadedImage;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.RequestTimes;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.queue.ServerMetrics;
import org.elasticvision.samples.serve.route.Endpoint;
import org.elasticvision.samples.serve.route.Route;

/** {@code POST /v1/models/NAME:predict}: an image file in the body, the answer back. */
public final class PredictEndpoint implements Endpoint {
    private final ServedModels models;
    private final PredictionQueue queue;
    private final Limits limits;
    private final ServerMetrics metrics;

    public PredictEndpoint(ServedModels models, PredictionQueue queue, Limits limits, ServerMetrics metrics) {
        this.models = models;
        this.queue = queue;
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public Reply answer(Request request, Map<String, String> path) {
        RequestTimes times = new RequestTimes();
        Deadline deadline = Deadline.in(limits.timeout());
        try (ServedModels.Lease lease = models.lease(path.get(Route.MODEL))) {
            ServedModel model = lease.model();
            PredictQuery query = PredictQuery.of(request, model.info().task());
            RequestBody.check(request, BodyForm.IMAGE, limits);
            try (PredictionQueue.Place place = queue.enter()) {
                UploadedImage image = new UploadedImage(
                        times.measure(Stage.UPLOAD, () -> RequestBody.read(request, BodyForm.IMAGE, limits, deadline)),
                        model.orientation());
                JsonObject answer = queue.run(
                        lease,
                        new PredictionQueue.Question<>(
                                image.source(query.overlay()),
                                given -> PredictionJson.of(model, given.prediction(), image, query),
                                times),
                        deadline);
                answer.add("timing", times.toJson());
                metrics.answered(model, times);
                return Reply.json(answer);
            }
        } catch (ImageException e) {
            throw new RequestRefused(HttpStatus.UNPROCESSABLE_ENTITY_422, e.getMessage());
        }
    }
}
