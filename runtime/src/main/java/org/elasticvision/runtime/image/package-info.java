/**
 * Images in and out: decoding with OpenCV and the JDK, and preprocessing that matches Pillow and torchvision to the
 * bit.
 *
 * <p>What flows: an {@code ImageSource} (a path, bytes, a {@code BufferedImage}, a {@code Mat}) is looked at by its
 * first bytes, decoded to RGB by OpenCV or, for kinds that it lacks, by the JDK or our own code, turned upright if the
 * model wants that, and written by {@code Preprocessor} into the network's input: resize and crop or pad row by row,
 * then normalise. Only the decoded image is held in between.
 *
 * <p>Who calls: {@code ImageSource} is the public way in; the runtime's session and the training data call {@code
 * Preprocessor}.
 *
 * <p>Where to begin: {@code ImageSource}, then {@code Preprocessor.write}. Below are {@code codec} (file formats and
 * damage), {@code pixels} (images in memory), {@code resample} (Pillow's resize; {@code Taps} first) and {@code video}.
 *
 * <p>Pixels are 8-bit RGB, interleaved and row-major ({@code RgbImage}); a network's input is float32, planar (CHW),
 * RGB. With the packages below it this is the only one of the runtime that touches OpenCV. Everything here may be used
 * by several threads at once, and nothing native outlives the call that made it.
 */
package org.elasticvision.runtime.image;
