package org.elasticvision.samples.serve.v2.request;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.elasticvision.samples.serve.body.BodyForm;
import org.elasticvision.samples.serve.http.RequestRefused;

/** The body of a request to infer: JSON, and with the extension for binary tensors the data of inputs after it. */
public final class InferBody {
    /** How many bytes of the body are JSON; without it, all. */
    public static final String JSON_LENGTH = "Inference-Header-Content-Length";

    public static final BodyForm FORM = new BodyForm(
            "the request",
            "the request",
            Set.of("application/json", "application/octet-stream", BodyForm.CURL),
            "send the Open Inference Protocol's JSON, with Content-Type application/json");

    private InferBody() {}

    /**
     * Reads a request.
     *
     * @throws RequestRefused 400 where it is not the protocol's, or has not one input
     */
    public static InferRequest read(Request request, byte[] body) {
        int length = jsonLength(request, body.length);
        InferJson json = InferJson.read(
                new InputStreamReader(new ByteArrayInputStream(body, 0, length), StandardCharsets.UTF_8));
        if (json.inputs.size() != 1) {
            throw BadRequest.of("the request has " + json.inputs.size() + " inputs; send one, " + TensorNames.INPUTS);
        }
        BinaryData data = new BinaryData(ByteBuffer.wrap(body, length, body.length - length));
        NamedTensor input = json.inputs.get(0).tensor(data);
        data.checkEnd();
        return new InferRequest(json.id, input, json.parameters, json.outputs, json.binaryOutput);
    }

    private static int jsonLength(Request request, int all) {
        String text = request.getHeaders().get(JSON_LENGTH);
        if (text == null) {
            return all;
        }
        try {
            int length = Integer.parseInt(text.strip());
            if (length >= 0 && length <= all) {
                return length;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BadRequest.of(
                JSON_LENGTH + " '" + text + "' must be the number of bytes of the JSON, at most the body's " + all);
    }
}
