package org.elasticvision.samples.serve.v2;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.v2.request.DataType;
import org.elasticvision.samples.serve.v2.request.TensorNames;

/** What the server and its models say of themselves. */
final class MetadataJson {
    private static final String PLATFORM = "elasticvision_onnx";

    private MetadataJson() {}

    static JsonObject server() {
        JsonArray extensions = new JsonArray();
        extensions.add("binary_tensor_data");
        JsonObject object = new JsonObject();
        object.addProperty("name", "elasticvision");
        object.addProperty("version", Version.current());
        object.add("extensions", extensions);
        return object;
    }

    /** The two inputs are two ways to ask; a request has one of them. */
    static JsonObject of(ServedModels.Lease lease) {
        ServedModel model = lease.model();
        JsonArray versions = new JsonArray();
        versions.add(Integer.toString(lease.version()));
        JsonArray inputs = new JsonArray();
        inputs.add(tensor(
                TensorNames.IMAGE,
                DataType.FP32,
                model.inputShape().withBatch(TensorShape.ANY).dimensions()));
        inputs.add(tensor(TensorNames.FILE, DataType.BYTES, List.of(TensorShape.ANY)));
        List<Integer> logits = model.outputShape().withBatch(TensorShape.ANY).dimensions();
        JsonArray outputs = new JsonArray();
        outputs.add(tensor(TensorNames.LOGITS, DataType.FP32, logits));
        if (!model.info().task().isPerPixel()) {
            outputs.add(tensor(TensorNames.PROBABILITIES, DataType.FP32, logits));
        }
        outputs.add(tensor(TensorNames.ANSWER, DataType.BYTES, List.of(TensorShape.ANY)));
        JsonObject object = new JsonObject();
        object.addProperty("name", model.name());
        object.add("versions", versions);
        object.addProperty("platform", PLATFORM);
        object.add("inputs", inputs);
        object.add("outputs", outputs);
        return object;
    }

    private static JsonObject tensor(String name, DataType type, List<Integer> shape) {
        JsonArray dimensions = new JsonArray();
        shape.forEach(dimensions::add);
        JsonObject object = new JsonObject();
        object.addProperty("name", name);
        object.addProperty("datatype", type.name());
        object.add("shape", dimensions);
        return object;
    }
}
