/**
 * JPEG, walked marker by marker before libjpeg sees it ({@code JpegFrame}): what libjpeg would paint grey or pass over with a line on standard
 * error is refused here, and CMYK pictures are decoded as Pillow does.
 */
@Internal
package org.elasticvision.runtime.image.codec.jpeg;

import org.elasticvision.runtime.base.Internal;
