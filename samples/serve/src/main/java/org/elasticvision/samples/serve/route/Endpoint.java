package org.elasticvision.samples.serve.route;

import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;

/** Answers requests of one route. Called by many threads; may block. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers one request.
     *
     * @param request with the route's method
     * @param path what the request's path has in place of each of the route's names
     * @throws RequestRefused with what the client did wrong
     */
    Reply answer(Request request, Map<String, String> path);
}
