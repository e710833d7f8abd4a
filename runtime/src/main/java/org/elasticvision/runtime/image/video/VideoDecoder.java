package org.elasticvision.runtime.image.video;

import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;

/** What decodes an open video or camera. For one thread at a time. It owns native memory. */
interface VideoDecoder extends AutoCloseable {
    /** {@return frames for each second; not a positive number where nothing says} */
    double framesPerSecond();

    /** {@return about how many frames there are; 0 where that is not known} */
    long frameCount();

    /**
     * The next frame, or one after it.
     *
     * @param skipped how many frames are left out before it
     * @return empty at the end
     * @throws ElasticVisionException if there should be more, and nothing can be read
     */
    Optional<VideoFrame> next(int skipped);

    /** {@return what was found damaged up to here, one line that names the video} */
    Optional<String> damage();

    @Override
    void close();
}
