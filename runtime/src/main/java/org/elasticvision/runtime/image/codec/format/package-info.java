/**
 * The image formats, a class or a few each: BMP, PNG, Netpbm, TIFF, WebP, and the names of those that are not read. {@code ImageFormats} tells
 * them apart by how a file begins; a new format is a class here and a line there.
 */
@Internal
package org.elasticvision.runtime.image.codec.format;

import org.elasticvision.runtime.base.Internal;
