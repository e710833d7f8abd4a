package org.elasticvision.samples.serve;

import java.util.Map;

/** A request that gets no answer: its HTTP status, and a message that says what is wrong and what to do. */
final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    RequestRefused(int status, String message) {
        this(status, message, Map.of());
    }

    /** @param headers to send along, such as {@code Retry-After} */
    RequestRefused(int status, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
