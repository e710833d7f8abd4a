/**
 * Images in and out, and the exact preprocessing: what a caller gives ({@link org.elasticvision.runtime.image.ImageSource}) becomes a
 * network's input that matches Pillow and torchvision to the bit ({@link org.elasticvision.runtime.image.Preprocessor}).
 *
 * <p>An encoded source asks {@code codec.format} which format its bytes are in and gets pixels ({@code pixels}); the preprocessor asks
 * {@code resample} which of them the network sees and filters them. Start with {@code ImageSource} and {@code Preprocessor.write}. Models
 * call both, training calls the preprocessor on pixels that it has augmented.
 *
 * <p>Pixels are 8-bit RGB, interleaved and row-major; a network's input is float32, planar (CHW), RGB. This package and those inside it are
 * the only ones of the runtime that touch OpenCV. All of it may be used by several threads at once, and nothing native outlives the call
 * that made it.
 */
package org.elasticvision.runtime.image;
