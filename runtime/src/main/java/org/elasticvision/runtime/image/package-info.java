/**
 * Images in and out: decoding with OpenCV and the JDK, and preprocessing that matches Pillow and torchvision to the bit.
 *
 * <p>Pixels are 8-bit RGB, interleaved and row-major ({@link org.elasticvision.runtime.image.RgbImage}); a network's input
 * is float32, planar (CHW), RGB. With its {@code video} package this is the only one of the runtime that touches OpenCV.
 * Everything in this package may be used by several threads at once, and nothing native outlives the call that made it.
 */
package org.elasticvision.runtime.image;
