package org.elasticvision.samples.serve;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.elasticvision.samples.serve.access.AccessLog;
import org.elasticvision.samples.serve.access.Tls;
import org.elasticvision.samples.serve.access.TokenFile;
import org.elasticvision.samples.serve.connection.HeaderDeadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Origins;
import org.elasticvision.samples.serve.isolate.DecoderPool;

/**
 * How models are served.
 *
 * @param address port 0 for any that is free
 * @param origins of pages that may ask from browsers
 * @param tokens of those who may ask; empty for everyone
 * @param tls empty for plain HTTP/1.1
 * @param log of requests, which the server closes; empty for none
 * @param decoders of pictures, which the server starts and closes; empty for decoding in this process
 * @param headerTime how long the head of a request may take to come
 */
record ServerSettings(
        InetSocketAddress address,
        Limits limits,
        Origins origins,
        Optional<TokenFile> tokens,
        Optional<Tls> tls,
        Optional<AccessLog> log,
        Optional<DecoderPool> decoders,
        Duration headerTime) {

    /** Plain HTTP for everyone. */
    ServerSettings(InetSocketAddress address, Limits limits, Origins origins) {
        this(
                address,
                limits,
                origins,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HeaderDeadline.USUAL);
    }
}
