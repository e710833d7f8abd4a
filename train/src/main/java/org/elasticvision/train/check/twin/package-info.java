/** Copies of images in a data set: pixel by pixel, and those that look alike. Start at {@code Twins}. */
@Internal
package org.elasticvision.train.check.twin;

import org.elasticvision.runtime.base.Internal;
