package org.elasticvision.samples.serve;

/** Where a request's time goes. */
enum Stage {
    /** Reading the request's body. */
    UPLOAD("upload"),
    /** Waiting for a worker. */
    QUEUE("queue"),
    /** From the file's bytes to pixels. */
    DECODE("decode"),
    /** From pixels to the answer: preprocessing, the network, reading its output. */
    PREDICT("predict"),
    /** From the answer to the bytes that are sent, masks as PNG files included. */
    ENCODE("encode");

    private final String id;

    Stage(String id) {
        this.id = id;
    }

    /** The word for it in JSON and in metrics. */
    String id() {
        return id;
    }
}
