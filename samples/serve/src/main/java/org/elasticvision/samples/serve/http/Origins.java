package org.elasticvision.samples.serve.http;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * The origins of pages on other servers that browsers let ask this one (CORS).
 *
 * @param names such as {@code https://app.example.org} or {@code http://localhost:3000}; {@code *} for all; empty for none
 */
public record Origins(Set<String> names) {
    public static final Origins NONE = new Origins(Set.of());

    private static final String ALL = "*";
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[^/?#@:\\[\\]]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    public Origins {
        names = Set.copyOf(names);
    }

    /**
     * {@return the origins that an option names}
     *
     * @throws ElasticVisionException for what no browser sends as an origin
     */
    public static Origins of(List<String> given) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : given) {
            if (!name.equals(ALL) && !ORIGIN.matcher(name).matches()) {
                throw new ElasticVisionException("'" + name
                        + "' is not an origin: give scheme, host and, if it is not the usual one, port, such as"
                        + " https://app.example.org or http://localhost:3000, or * for all");
            }
            names.add(name);
        }
        return new Origins(names);
    }

    /** Puts what answers browsers around what answers requests. */
    public Handler around(Handler inner) {
        if (names.isEmpty()) {
            return inner;
        }
        Set<String> patterns = new HashSet<>();
        names.forEach(name -> patterns.add(name.equals(ALL) ? ALL : Pattern.quote(name)));
        CrossOriginHandler handler = new CrossOriginHandler();
        handler.setAllowedOriginPatterns(patterns);
        handler.setAllowCredentials(false); // cookies; a token is sent by the page itself
        handler.setAllowedMethods(Set.of("GET", "HEAD", "POST"));
        handler.setAllowedHeaders(
                Set.of("Authorization", "Content-Type", "Content-Encoding", "Inference-Header-Content-Length"));
        handler.setExposedHeaders(Set.of("Retry-After", "Inference-Header-Content-Length"));
        handler.setDeliverPreflightRequests(false);
        handler.setHandler(inner);
        return handler;
    }
}
