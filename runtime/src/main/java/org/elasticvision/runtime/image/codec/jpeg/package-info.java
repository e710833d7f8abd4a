/**
 * JPEG, walked marker by marker before libjpeg sees it ({@code JpegFrame}): what libjpeg would paint grey or pass over with a line on standard
 * error is refused here, and CMYK pictures are decoded as Pillow does. {@code ReducedDecoder} lets libjpeg leave out the detail that
 * a use of the picture does not need.
 */
@Internal
package org.elasticvision.runtime.image.codec.jpeg;

import org.elasticvision.runtime.base.Internal;
