package org.elasticvision.samples.serve.v2.request;

import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.RequestRefused;

/** Requests that are not as the protocol or the model says. */
public final class BadRequest {
    private BadRequest() {}

    public static RequestRefused of(String message) {
        return new RequestRefused(HttpStatus.BAD_REQUEST_400, message);
    }
}
