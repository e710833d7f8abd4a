package org.elasticvision.runtime.image;

/** Whether a photo is turned upright as its EXIF data says. */
public enum Orientation {
    /** As an image viewer shows it: the EXIF orientation is applied. */
    APPLY_EXIF,
    /** The pixels as they are stored: what Pillow and torchvision give, and the published figures were measured with. */
    IGNORE_EXIF
}
