/**
 * Decoded pixels: {@link org.elasticvision.runtime.image.pixels.RgbImage} for pictures, {@link
 * org.elasticvision.runtime.image.pixels.IndexImage} for masks, and how Java's own images, ink and grey levels of other depths become them.
 * Plain arrays on the heap; nothing here knows files or OpenCV.
 */
package org.elasticvision.runtime.image.pixels;
