package org.elasticvision.samples.serve.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What is sent back.
 *
 * @param status HTTP's
 * @param type content type
 * @param body kept, not copied
 * @param headers besides those that every reply has
 */
@SuppressWarnings("ArrayRecordComponent") // replies are not compared
public record Reply(int status, String type, byte[] body, Map<String, String> headers) {
    public static final String JSON = "application/json";

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** The page shows pictures of its own making, and nothing from elsewhere. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'none'";

    public static Reply json(JsonObject object) {
        return json(HttpStatus.OK_200, object, Map.of());
    }

    /** {@code {"error": message}}. */
    public static Reply error(int status, String message, Map<String, String> headers) {
        JsonObject object = new JsonObject();
        object.addProperty("error", message);
        return json(status, object, headers);
    }

    private static Reply json(int status, JsonObject object, Map<String, String> headers) {
        byte[] body = (GSON.toJson(object) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Reply(status, JSON, body, headers);
    }

    /** The same reply with one more header. */
    Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, body, more);
    }

    public void send(Response response, Callback callback) {
        response.setStatus(status);
        var fields = response.getHeaders();
        fields.put(HttpHeader.CONTENT_TYPE, type);
        fields.put(HttpHeader.CONTENT_LENGTH, body.length);
        fields.put(HttpHeader.CACHE_CONTROL, "no-store");
        fields.put("Content-Security-Policy", CONTENT_POLICY);
        fields.put("Referrer-Policy", "no-referrer");
        fields.put("X-Content-Type-Options", "nosniff");
        headers.forEach(fields::put);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
