package org.elasticvision.samples.serve.openapi;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.route.Route;

/** The OpenAPI 3.1 document of the server, and the page made from it. */
public final class OpenApi {
    private OpenApi() {}

    /** {@return the routes of document and page} */
    public static List<Route> routes() {
        JsonObject document = document();
        Reply json = Reply.json(document);
        Reply page = reply("text/html; charset=utf-8", OpenApiPage.of(document).getBytes(StandardCharsets.UTF_8));
        Reply style = reply("text/css; charset=utf-8", resource("docs.css"));
        return List.of(
                Route.open("/openapi.json", (request, path) -> json),
                Route.open("/docs", (request, path) -> page),
                Route.open("/docs.css", (request, path) -> style));
    }

    /** {@return the document, of this version} */
    static JsonObject document() {
        JsonObject document = JsonParser.parseString(new String(resource("openapi.json"), StandardCharsets.UTF_8))
                .getAsJsonObject();
        document.getAsJsonObject("info").addProperty("version", Version.current());
        return document;
    }

    private static Reply reply(String type, byte[] body) {
        return new Reply(HttpStatus.OK_200, type, body, Map.of("Cache-Control", "no-cache"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
