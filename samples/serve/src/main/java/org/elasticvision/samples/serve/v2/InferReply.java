package org.elasticvision.samples.serve.v2;

import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.v2.request.InferBody;
import org.elasticvision.samples.serve.v2.request.InferRequest;
import org.elasticvision.samples.serve.v2.request.NamedTensor;

/** The answer to a request: JSON, and after it the outputs that were wanted as binary data. */
final class InferReply {
    private InferReply() {}

    /**
     * {@return the reply}
     *
     * @throws RequestRefused 422 where an output that is wanted as JSON has a value that is not a number
     */
    static Reply of(InferRequest request, ServedModels.Lease lease, List<NamedTensor> outputs) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            try (Writer text = new OutputStreamWriter(body, StandardCharsets.UTF_8);
                    JsonWriter json = new JsonWriter(text)) {
                write(json, request, lease, outputs);
            }
            int length = body.size();
            for (NamedTensor output : outputs) {
                if (request.isBinary(output.name())) {
                    writeBinary(body, output);
                }
            }
            return body.size() == length
                    ? new Reply(HttpStatus.OK_200, Reply.JSON, body.toByteArray(), Map.of())
                    : new Reply(
                            HttpStatus.OK_200,
                            "application/octet-stream",
                            body.toByteArray(),
                            Map.of(InferBody.JSON_LENGTH, Integer.toString(length)));
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
    }

    private static void write(
            JsonWriter json, InferRequest request, ServedModels.Lease lease, List<NamedTensor> outputs)
            throws IOException {
        json.setHtmlSafe(false);
        json.beginObject();
        json.name("model_name").value(lease.model().name());
        json.name("model_version").value(Integer.toString(lease.version()));
        if (request.id() != null) {
            json.name("id").value(request.id());
        }
        json.name("outputs").beginArray();
        for (NamedTensor output : outputs) {
            json.beginObject();
            json.name("name").value(output.name());
            json.name("datatype").value(output.type().name());
            json.name("shape").beginArray();
            for (int dimension : output.shape()) {
                json.value(dimension);
            }
            json.endArray();
            if (request.isBinary(output.name())) {
                json.name("parameters").beginObject();
                json.name("binary_data_size").value(binarySize(output));
                json.endObject();
            } else {
                json.name("data").beginArray();
                writeData(json, output);
                json.endArray();
            }
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private static void writeData(JsonWriter json, NamedTensor output) throws IOException {
        switch (output.type()) {
            case FP32 -> {
                for (float value : output.values()) {
                    if (!Float.isFinite(value)) {
                        throw new RequestRefused(
                                HttpStatus.UNPROCESSABLE_ENTITY_422,
                                "the network answered with " + value
                                        + ", which JSON cannot say; send other values, or ask for binary data");
                    }
                    json.value(value);
                }
            }
            case BYTES -> {
                for (byte[] element : output.elements()) { // only text is answered
                    json.value(new String(element, StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static int binarySize(NamedTensor output) {
        return switch (output.type()) {
            case FP32 -> Math.multiplyExact(Float.BYTES, output.values().length);
            case BYTES ->
                output.elements().stream()
                        .mapToInt(one -> Integer.BYTES + one.length)
                        .sum();
        };
    }

    private static void writeBinary(ByteArrayOutputStream body, NamedTensor output) {
        ByteBuffer bytes = ByteBuffer.allocate(binarySize(output)).order(ByteOrder.LITTLE_ENDIAN);
        switch (output.type()) {
            case FP32 -> bytes.asFloatBuffer().put(output.values());
            case BYTES ->
                output.elements().forEach(one -> bytes.putInt(one.length).put(one));
        }
        body.writeBytes(bytes.array());
    }
}
