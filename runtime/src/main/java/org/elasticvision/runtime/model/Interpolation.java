package org.elasticvision.runtime.model;

/** How pixels are resampled, each exactly as Pillow does it (antialiased when shrinking, except {@link #NEAREST}). */
public enum Interpolation {
    /** The nearest pixel. */
    NEAREST,
    /** Pillow's bilinear filter. */
    BILINEAR,
    /** Pillow's bicubic filter. */
    BICUBIC,
    /** Pillow's Lanczos filter, of three lobes. */
    LANCZOS
}
