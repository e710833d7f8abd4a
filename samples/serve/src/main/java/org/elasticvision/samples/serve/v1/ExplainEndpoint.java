package org.elasticvision.samples.serve.v1;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.cli.explain.ExplainJson;
import org.elasticvision.runtime.explain.ClassActivation;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.explain.picture.MapPicture;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.samples.serve.body.Body;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.Stage;
import org.elasticvision.samples.serve.http.UploadedImage;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.query.ExplainQuery;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.RequestTimes;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.route.Route;
import org.elasticvision.samples.serve.route.UploadEndpoint;

/**
 * {@code POST /v1/models/NAME:explain}: an image file in the body, back what its answer comes from, as {@code elastic explain --json} prints it,
 * with the maps as pictures. Takes a turn as a prediction does.
 */
final class ExplainEndpoint implements UploadEndpoint {
    private static final int MOST_SIDE = 800;

    private final ServedModels models;
    private final PredictionQueue queue;
    private final Decoding decoding;

    ExplainEndpoint(ServedModels models, PredictionQueue queue, Decoding decoding) {
        this.models = models;
        this.queue = queue;
        this.decoding = decoding;
    }

    @Override
    public void check(Request request, Map<String, String> path) {
        try (ServedModels.Lease lease = models.lease(path.get(Route.MODEL))) {
            query(request, lease.model());
            queue.check(lease);
        }
    }

    private static ExplainQuery query(Request request, ServedModel model) {
        if (!model.canExplain()) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST_400,
                    "model '" + model.name()
                            + "' is a TensorRT engine, whose graph cannot be read; serve the .onnx file that it was"
                            + " built from beside it");
        }
        return ExplainQuery.of(request, model.info());
    }

    @Override
    public Reply answer(Request request, Map<String, String> path, Body body) {
        RequestTimes times = new RequestTimes(body);
        try (ServedModels.Lease lease = models.lease(path.get(Route.MODEL));
                PredictionQueue.Place place = queue.enter(lease)) {
            ServedModel model = lease.model();
            ExplainQuery query = query(request, model);
            UploadedImage image = new UploadedImage(body.bytes(), model.orientation(), decoding);
            ServedModel.Explained explained = queue.inTurn(
                    lease, () -> model.explain(image.source(false), query.classIndex()), times, body.deadline());
            JsonObject answer = times.measure(Stage.ENCODE, () -> json(model, explained));
            answer.add("timing", times.toJson());
            return Reply.json(answer);
        } catch (ImageException e) {
            throw new RequestRefused(HttpStatus.UNPROCESSABLE_ENTITY_422, e.getMessage());
        }
    }

    private static JsonObject json(ServedModel model, ServedModel.Explained explained) {
        Explanation explanation = explained.explanation();
        ModelInfo info = model.info();
        JsonObject object = new JsonObject();
        object.addProperty("model", model.name());
        ExplainJson.describe(object, info, explanation, (index, map) -> {
            HeatMap heat = index.isPresent()
                    ? activation(explanation, index.getAsInt())
                    : explanation.uncertainty().orElseThrow();
            MapPicture.Style style = index.isPresent() ? MapPicture.Style.POSITIVE : MapPicture.Style.SHARE;
            map.addProperty(
                    "picture",
                    DataUrl.ofPng(PngFiles.encode(
                            MapPicture.of(explanation.picture(), explanation.seen(), heat, style, MOST_SIDE))));
        });
        JsonArray notes = new JsonArray();
        explained.notes().forEach(notes::add);
        object.add("notes", notes);
        return object;
    }

    private static HeatMap activation(Explanation explanation, int index) {
        return explanation.activations().stream()
                .filter(one -> one.score().index() == index)
                .map(ClassActivation::map)
                .findFirst()
                .orElseThrow();
    }
}
