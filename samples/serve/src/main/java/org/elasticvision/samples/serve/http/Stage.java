package org.elasticvision.samples.serve.http;

import java.util.Locale;

/** Where a request's time goes, in this order. */
public enum Stage {
    /** Reading the request's body. */
    UPLOAD,
    /** Waiting for a turn. */
    QUEUE,
    /** From the file's bytes to pixels. */
    DECODE,
    /** From pixels to the network's input. */
    PREPROCESS,
    /** The network. */
    INFERENCE,
    /** From the network's output to the answer. */
    POSTPROCESS,
    /** From the answer to the bytes that are sent, masks as PNG files included. */
    ENCODE;

    /** The word for it in JSON and in metrics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
