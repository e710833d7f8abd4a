package org.elasticvision.runtime.image;

import org.elasticvision.runtime.model.View;

/** Whether a photo is turned upright as its EXIF data says. */
public enum Orientation {
    /** As an image viewer shows it: the EXIF orientation is applied. */
    APPLY_EXIF,
    /** The pixels as they are stored: what Pillow and torchvision give, and the published figures were measured with. */
    IGNORE_EXIF;

    /**
     * {@return how photos are decoded for a network; upright where its file does not say}
     *
     * @param view that the network knows
     */
    public static Orientation of(View view) {
        return switch (view) {
            case UPRIGHT, UNSTATED -> APPLY_EXIF;
            case STORED -> IGNORE_EXIF;
        };
    }

    /** {@return the view that a network gets of a photo decoded so} */
    public View view() {
        return switch (this) {
            case APPLY_EXIF -> View.UPRIGHT;
            case IGNORE_EXIF -> View.STORED;
        };
    }
}
