package org.elasticvision.runtime.image.form;

/** What of a stored image is not in the 8-bit RGB that it is decoded to. */
public enum StoredTrait {
    /** One channel, which is repeated. */
    GREY,
    /** Transparency, which is dropped. */
    ALPHA,
    /** Printing colours, which are multiplied out. */
    CMYK,
    /** More than 8 bits a level, of which the high byte is kept. */
    DEEP
}
