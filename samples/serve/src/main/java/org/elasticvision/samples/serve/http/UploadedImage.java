package org.elasticvision.samples.serve.http;

import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** The image file of a request. It is decoded once, when a model asks for it; an overlay is drawn on the same pixels. */
public final class UploadedImage {
    private static final String NAME = "the image";

    private final ImageSource file;
    private final Orientation orientation;
    private final String name;
    private RgbImage pixels;

    /**
     * An image that came with a request.
     *
     * @param encoded kept, not copied
     * @param orientation as the model that is asked decodes photos
     */
    public UploadedImage(byte[] encoded, Orientation orientation, Decoding decoding) {
        this(encoded, orientation, decoding, NAME);
    }

    /** One of several, by the name that messages give it. */
    public UploadedImage(byte[] encoded, Orientation orientation, Decoding decoding, String name) {
        this.orientation = orientation;
        this.name = name;
        file = decoding.of(encoded, name, orientation);
    }

    /**
     * What a model is given.
     *
     * @param drawnOn whether {@link #pixels} will be needed too; if not, the model may decode at a reduced scale
     */
    public ImageSource source(boolean drawnOn) {
        return drawnOn ? ImageSource.of(this::pixels, name) : file;
    }

    /**
     * The picture as the model sees it, upright or as stored.
     *
     * @throws ImageException if it cannot be decoded or has more than {@link Limits#PIXELS} pixels
     */
    public synchronized RgbImage pixels() {
        if (pixels == null) {
            pixels = file.decode(orientation);
        }
        return pixels;
    }
}
