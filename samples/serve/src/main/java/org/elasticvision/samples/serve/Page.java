package org.elasticvision.samples.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.Reply;

/** The page's files, from the class path. */
final class Page {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "page.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "explanation.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private Page() {}

    /** A reply per path; the page itself is at {@code /}. */
    static Map<String, Reply> files() {
        Map<String, Reply> replies = new LinkedHashMap<>();
        TYPES.forEach((name, type) -> replies.put(name.equals("index.html") ? "/" : "/" + name, reply(name, type)));
        return replies;
    }

    private static Reply reply(String name, String type) {
        try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
            return new Reply(HttpStatus.OK_200, type, in.readAllBytes(), Map.of("Cache-Control", "no-cache"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
