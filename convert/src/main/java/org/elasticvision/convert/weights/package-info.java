/** Which tensors of a checkpoint are a network's: in which entry, behind which prefix, and under whose names. */
package org.elasticvision.convert.weights;
