package org.elasticvision.samples.serve.http;

import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;

/** How the files that clients send become pictures. Called by many threads. */
@FunctionalInterface
public interface Decoding {
    /** By whoever asks for the pixels. */
    Decoding IN_PROCESS = (encoded, name, orientation) -> ImageSource.of(encoded, name, Limits.PIXELS);

    /**
     * {@return a picture of at most {@link Limits#PIXELS}, which is decoded when its pixels are asked for}
     *
     * @param encoded kept, not copied
     * @param name what messages call it
     * @param orientation in which its pixels will be asked for
     */
    ImageSource of(byte[] encoded, String name, Orientation orientation);
}
