package org.elasticvision.runtime.model;

/** How pixels are resampled, each exactly as Pillow does it (antialiased when shrinking, except {@link #NEAREST}). */
public enum Interpolation {
    NEAREST,
    BILINEAR,
    BICUBIC,
    LANCZOS
}
