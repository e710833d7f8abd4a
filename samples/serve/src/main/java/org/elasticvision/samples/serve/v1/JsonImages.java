package org.elasticvision.samples.serve.v1;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.Base64Text;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * Images in JSON, as KServe's first protocol and TensorFlow Serving write bytes: {@code {"instances": [{"b64": "…"}]}}, or
 * with {@code image} or {@code image_bytes} around each. Read without making a tree of it.
 */
final class JsonImages {
    private static final String FORM = "send {\"instances\": [{\"b64\": \"…\"}, …]}, each an image file as base64";

    private final JsonReader reader;
    private final Limits limits;
    private final List<Upload> images = new ArrayList<>();

    private JsonImages(JsonReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * {@return the images, in their order} One that is not base64 says so itself.
     *
     * @throws RequestRefused 400 where it is other JSON or none, or has no images or too many
     */
    static List<Upload> read(byte[] body, Limits limits) {
        JsonReader reader =
                new JsonReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
        reader.setStrictness(Strictness.STRICT);
        JsonImages json = new JsonImages(reader, limits);
        try {
            json.read();
        } catch (IOException | IllegalStateException e) {
            throw wrong("the JSON cannot be read at " + reader.getPath() + "; " + FORM);
        }
        if (json.images.isEmpty()) {
            throw wrong("the JSON has no images; " + FORM);
        }
        return json.images;
    }

    private void read() throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (name.equals("parameters")) { // as Vertex AI has them
                throw wrong(
                        "the JSON has 'parameters', which this protocol has in the query; ask :predict?top=1 or the like");
            }
            if (!name.equals("instances")) {
                reader.skipValue();
                continue;
            }
            reader.beginArray();
            while (reader.hasNext()) {
                if (images.size() == limits.images()) {
                    throw wrong("the request has more than " + limits.images()
                            + " images; send fewer, or start the server with a larger --max-images");
                }
                images.add(image(true));
            }
            reader.endArray();
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalStateException();
        }
    }

    private Upload image(boolean outer) throws IOException {
        reader.beginObject();
        String name = reader.nextName();
        Upload image;
        if (name.equals("b64")) {
            image = decoded();
        } else if (outer && (name.equals("image") || name.equals("image_bytes"))) {
            image = image(false);
        } else {
            throw new IllegalStateException(name);
        }
        reader.endObject();
        return image;
    }

    private Upload decoded() throws IOException {
        if (reader.peek() != JsonToken.STRING) {
            throw new IllegalStateException();
        }
        try {
            return Upload.of(Base64Text.decode(reader.nextString()));
        } catch (IllegalArgumentException e) {
            return new Upload(null, "image " + images.size() + " is not base64; send the image file's bytes in it");
        }
    }

    private static RequestRefused wrong(String message) {
        return new RequestRefused(HttpStatus.BAD_REQUEST_400, message);
    }
}
