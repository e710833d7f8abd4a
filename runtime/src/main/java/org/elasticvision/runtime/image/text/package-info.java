/**
 * Text beside pictures. {@link org.elasticvision.runtime.image.text.CaptionedPicture} puts lines below a picture, in Java's fonts where there are any
 * ({@link org.elasticvision.runtime.image.text.Fonts}) and else in the strokes that OpenCV brings, which are ASCII only. The command line calls it.
 */
@Internal
package org.elasticvision.runtime.image.text;

import org.elasticvision.runtime.base.Internal;
