package org.elasticvision.samples.serve.http;

import org.eclipse.jetty.server.Request;

/** Answers requests of one path and method. Called by many threads; may block. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers one request.
     *
     * @throws RequestRefused with what the client did wrong
     */
    Reply answer(Request request);
}
