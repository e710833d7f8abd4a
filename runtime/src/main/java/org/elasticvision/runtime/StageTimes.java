package org.elasticvision.runtime;

/**
 * Where the time of one call went. All times are in nanoseconds, for all images of the call together.
 *
 * @param images how many went through the network together
 * @param decode reading and decoding
 * @param preprocess resizing, cutting and normalising into the network's input
 * @param inference the network
 * @param postprocess making answers of its output
 */
public record StageTimes(int images, long decode, long preprocess, long inference, long postprocess) {

    /** {@return all stages together, in nanoseconds} */
    public long total() {
        return decode + preprocess + inference + postprocess;
    }
}
