package org.elasticvision.samples.serve.http;

import java.util.Map;

/** A request that gets no answer: its HTTP status, and a message that says what is wrong and what to do. */
public final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    public RequestRefused(int status, String message) {
        this(status, message, Map.of());
    }

    /** With headers to send along, such as {@code Retry-After}. */
    public RequestRefused(int status, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
