package org.elasticvision.samples.serve.route;

import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.elasticvision.samples.serve.body.Body;
import org.elasticvision.samples.serve.http.Reply;
import org.elasticvision.samples.serve.http.RequestRefused;

/** Answers requests of one route that have a body. Called by many threads; may block. */
public interface UploadEndpoint {
    /**
     * Refuses, before its body is read, a request that will not be answered.
     *
     * @param request with the route's method
     * @param path what the request's path has in place of each of the route's names
     * @throws RequestRefused with what the client did wrong, or 503 where the server is busy
     */
    void check(Request request, Map<String, String> path);

    /**
     * Answers one request.
     *
     * @param request that was checked
     * @param path as it was checked
     * @throws RequestRefused with what the client did wrong
     */
    Reply answer(Request request, Map<String, String> path, Body body);
}
