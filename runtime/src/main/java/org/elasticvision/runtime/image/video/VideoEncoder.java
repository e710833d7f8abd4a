package org.elasticvision.runtime.image.video;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** What encodes a video into a file. For one thread. It owns native memory. */
interface VideoEncoder extends AutoCloseable {
    /**
     * Adds a frame.
     *
     * @param image of the size of the first one
     * @param seconds when it is shown, later than the frame before
     * @throws ElasticVisionException if the file cannot be written
     */
    void write(RgbImage image, double seconds);

    /**
     * Completes the file, after the last frame.
     *
     * @throws ElasticVisionException if the file cannot be written whole
     */
    void finish();

    @Override
    void close();
}
