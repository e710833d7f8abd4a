/** Which tensors of a checkpoint are a network's: in which entry, behind which prefix, and under whose names. */
@Internal
package org.elasticvision.convert.weights;

import org.elasticvision.runtime.base.Internal;
