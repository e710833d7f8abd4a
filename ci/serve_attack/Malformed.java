import java.io.IOException;
import java.util.List;

/** Heads that flood, paths that try to get out, methods that nobody knows. */
final class Malformed {
    private static final List<String> PATHS = List.of(
            "/..%2f..%2f..%2fetc%2fpasswd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/../../../../etc/passwd",
            "/page.js/..%2f..%2fpage.css",
            "/.//../etc/passwd",
            "//etc/passwd",
            "/etc/passwd",
            "/v1/models/..%2f..%2fetc%2fpasswd",
            "/v1/models/%00",
            "/v1/models/a%2fb:predict",
            "/%c0%ae%c0%ae/etc/passwd",
            "/%ff%fe",
            "/%",
            "/%zz",
            "/;a=b/../etc/passwd",
            "/v1/models;x=y/..;/..;/etc/passwd",
            "/v2/models/x/versions/..%2f1",
            "/\\..\\..\\etc\\passwd",
            "/META-INF/MANIFEST.MF",
            "/page/index.html",
            "/openapi/openapi.json",
            "http://elsewhere.example/etc/passwd",
            "*",
            "passwd");

    private static final List<String> METHODS =
            List.of("BREW", "TRACE", "DELETE", "PUT", "OPTIONS", "CONNECT", "PRI", "get", "PROPFIND", "A".repeat(4000));

    private Malformed() {}

    static void paths(Target target) throws IOException {
        for (String path : PATHS) {
            clientError(target, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        Target.ok(PATHS.size() + " odd paths", "4xx, no file");
    }

    static void methods(Target target) throws IOException {
        for (String method : METHODS) {
            clientError(target, method + " /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        Target.ok(METHODS.size() + " odd methods", "4xx");
    }

    private static void clientError(Target target, String request) throws IOException {
        try (Raw connection = new Raw(target.port())) {
            connection.send(request);
            Raw.Reply reply = connection.reply();
            Target.check(
                    reply.status() / 100 == 4 || reply.status() == 501 || reply.status() == 505,
                    request.strip() + " is answered with " + reply.status());
            Target.check(!reply.body().contains("root:") && reply.body().contains("\"error\""), request + ": " + reply.body());
        } catch (IOException e) {
            throw new Target.Failed(request.lines().findFirst().orElse("") + ": " + e.getMessage());
        }
    }

    static void headers(Target target) throws IOException {
        expect431(target, "X: " + "x".repeat(100_000) + "\r\n");
        expect431(target, "X: y\r\n".repeat(20_000));
        expect431(target, "Cookie: a=b\r\n".repeat(5_000));
        try (Raw connection = new Raw(target.port())) {
            connection.send("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            int status = Target.quietly(() -> connection.reply().status(), e -> 414);
            Target.check(status == 414, "a path of 100,000 letters is answered with " + status);
        } catch (IOException e) {
            // cut off while it was sent
        }
        target.alive("floods of headers");
        Target.ok("floods of headers", "431, 414");
    }

    private static void expect431(Target target, String headers) {
        int status = Target.quietly(() -> {
            try (Raw connection = new Raw(target.port())) {
                Target.quietly(() -> {
                    connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
                    return true;
                }, e -> false);
                return connection.reply().status();
            }
        }, e -> 431); // the rest of what was sent came back as a reset, before the reply was read
        Target.check(status == 431, headers.length() + " bytes of headers are answered with " + status);
    }
}
