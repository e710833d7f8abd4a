/**
 * What all image formats share: the bytes of a file read with care ({@code ImageBytes}), the frame that was found in them ({@code
 * EncodedImage}), the note of a camera how the picture is turned, and the two decoders, OpenCV's and the JDK's.
 *
 * <p>A format's own class in {@code codec.format} or {@code codec.jpeg} walks the file before any pixel is decoded, so that damage, cut-off
 * files and absurd sizes are refused in Java with their true reason and never reach native code.
 */
@Internal
package org.elasticvision.runtime.image.codec;

import org.elasticvision.runtime.base.Internal;
