package org.elasticvision.samples.serve.v2;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.body.Body;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.Stage;
import org.elasticvision.samples.serve.http.UploadedImage;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.query.PredictQuery;
import org.elasticvision.samples.serve.queue.PredictionQueue;
import org.elasticvision.samples.serve.queue.RequestTimes;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.queue.ServerMetrics;
import org.elasticvision.samples.serve.route.UploadEndpoint;
import org.elasticvision.samples.serve.v1.PredictionJson;
import org.elasticvision.samples.serve.v2.request.BadRequest;
import org.elasticvision.samples.serve.v2.request.DataType;
import org.elasticvision.samples.serve.v2.request.InferBody;
import org.elasticvision.samples.serve.v2.request.InferRequest;
import org.elasticvision.samples.serve.v2.request.NamedTensor;
import org.elasticvision.samples.serve.v2.request.TensorNames;

/** {@code POST /v2/models/NAME/infer}: tensors or image files in, tensors out. */
final class InferEndpoint implements UploadEndpoint {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** Values of all outputs of one answer: 64 MiB, several times as much as JSON. */
    private static final long MOST_VALUES = 1 << 24;

    private final ServedModels models;
    private final PredictionQueue queue;
    private final Limits limits;
    private final ServerMetrics metrics;
    private final Decoding decoding;

    InferEndpoint(ServedModels models, PredictionQueue queue, Limits limits, ServerMetrics metrics, Decoding decoding) {
        this.models = models;
        this.queue = queue;
        this.limits = limits;
        this.metrics = metrics;
        this.decoding = decoding;
    }

    @Override
    public void check(Request request, Map<String, String> path) {
        try (ServedModels.Lease lease = V2Routes.lease(models, path)) {
            queue.check(lease);
        }
    }

    @Override
    public Reply answer(Request request, Map<String, String> path, Body body) {
        RequestTimes times = new RequestTimes(body);
        try (ServedModels.Lease lease = V2Routes.lease(models, path);
                PredictionQueue.Place place = queue.enter(lease)) {
            InferRequest asked = InferBody.read(request, body.bytes());
            List<NamedTensor> outputs = asked.input().name().equals(TensorNames.FILE)
                    ? ofFiles(lease, asked, times, body.deadline())
                    : ofTensor(lease, asked, times, body.deadline());
            Reply reply = times.measure(Stage.ENCODE, () -> InferReply.of(asked, lease, outputs));
            metrics.answered(lease.model(), times);
            return reply;
        }
    }

    private void checkBatch(int images, int valuesEach) {
        if (images < 1 || images > limits.images()) {
            throw BadRequest.of("the request has " + images + " images; send 1 to " + limits.images()
                    + ", or start the server with a larger --max-images");
        }
        if ((long) images * valuesEach > MOST_VALUES) {
            throw BadRequest.of("the answer would have " + (long) images * valuesEach + " values, more than "
                    + MOST_VALUES + "; send fewer images a request");
        }
    }

    private List<NamedTensor> ofTensor(
            ServedModels.Lease lease, InferRequest asked, RequestTimes times, Deadline deadline) {
        ServedModel model = lease.model();
        NamedTensor input = asked.input();
        if (!input.name().equals(TensorNames.IMAGE)) {
            throw BadRequest.of("there is no input '" + input.name() + "'; send " + TensorNames.INPUTS);
        }
        TensorShape expected = model.inputShape().withBatch(TensorShape.ANY);
        if (input.type() != DataType.FP32 || !rest(input.shape()).equals(rest(expected.dimensions()))) {
            throw BadRequest.of(
                    "input 'image' is " + input.type() + " " + input.shape() + "; this model takes FP32 " + expected);
        }
        PredictQuery.of(fields(Map.of(), asked.parameters()), model.info().task()); // there are none for tensors
        List<String> names = ModelOutputs.names(asked, model.info().task());
        checkBatch(input.batch(), model.outputShape().itemElements());
        Tensor tensor = new Tensor(expected.withBatch(input.batch()), input.values());
        Tensor output = queue.inTurn(lease, () -> model.run(tensor), times, deadline);
        List<NamedTensor> outputs = new ArrayList<>();
        for (String name : names) {
            outputs.add(
                    name.equals(TensorNames.LOGITS)
                            ? ModelOutputs.ofLogits(output)
                            : ModelOutputs.ofScores(name, predictions(model, output)));
        }
        return outputs;
    }

    private static List<Integer> rest(List<Integer> shape) {
        return shape.subList(1, shape.size());
    }

    private static List<Prediction> predictions(ServedModel model, Tensor output) {
        List<Label> labels = model.info().labels();
        int each = output.shape().itemElements();
        List<Prediction> predictions = new ArrayList<>();
        try {
            for (int i = 0; i < output.shape().batch(); i++) {
                FloatBuffer logits =
                        FloatBuffer.wrap(output.values(), i * each, each).slice();
                predictions.add(
                        model.info().task() == Task.MULTI_LABEL
                                ? LabelSet.of(logits, labels)
                                : Classification.of(logits, labels));
            }
        } catch (ArithmeticException e) {
            throw new RequestRefused(
                    HttpStatus.UNPROCESSABLE_ENTITY_422,
                    "the network answered with values that are not numbers; send other values, or ask for logits as"
                            + " binary data");
        }
        return predictions;
    }

    /** An image's prediction and, where it is wanted, its answer as JSON. */
    private record Answered(Prediction prediction, String json) {}

    private List<NamedTensor> ofFiles(
            ServedModels.Lease lease, InferRequest asked, RequestTimes times, Deadline deadline) {
        ServedModel model = lease.model();
        NamedTensor input = asked.input();
        List<Integer> shape = input.shape();
        if (input.type() != DataType.BYTES || !(shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1))) {
            throw BadRequest.of("input 'file' is " + input.type() + " " + shape + "; send BYTES [N]");
        }
        Task task = model.info().task();
        PredictQuery query = PredictQuery.of(fields(asked.parameters(), asked.parameters()), task);
        List<String> names = ModelOutputs.names(asked, task);
        checkBatch(input.batch(), task.isPerPixel() ? 1 : model.outputShape().itemElements());
        boolean text = names.contains(TensorNames.ANSWER);
        List<Answered> answers = queue.runAll(
                lease,
                input.batch(),
                i -> {
                    UploadedImage image =
                            new UploadedImage(input.elements().get(i), model.orientation(), decoding, "image " + i);
                    return new PredictionQueue.Question<>(
                            image.source(query.overlay()),
                            given -> new Answered(
                                    given.prediction(),
                                    text
                                            ? GSON.toJson(PredictionJson.of(model, given.prediction(), image, query))
                                            : ""),
                            times);
                },
                (index, failure) -> {
                    if (failure instanceof ImageException) {
                        throw new RequestRefused(HttpStatus.UNPROCESSABLE_ENTITY_422, failure.getMessage());
                    }
                    throw failure;
                },
                deadline);
        List<Prediction> predictions =
                answers.stream().map(Answered::prediction).toList();
        List<NamedTensor> outputs = new ArrayList<>();
        for (String name : names) {
            outputs.add(
                    name.equals(TensorNames.ANSWER)
                            ? NamedTensor.of(
                                    name,
                                    answers.stream()
                                            .map(answer -> answer.json().getBytes(StandardCharsets.UTF_8))
                                            .toList())
                            : ModelOutputs.ofScores(name, predictions));
        }
        return outputs;
    }

    private static Fields fields(Map<String, String> used, Map<String, String> given) {
        if (used.isEmpty() && !given.isEmpty()) {
            throw BadRequest.of("unknown parameter '"
                    + given.keySet().iterator().next() + "': the input image takes none but binary_data_output");
        }
        Fields fields = new Fields();
        used.forEach(fields::put);
        return fields;
    }
}
