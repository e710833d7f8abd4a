/**
 * Processes that train together, by c10d, PyTorch's own library for it:
 * {@link org.elasticvision.train.torch.group.GlooGroup} with Gloo over TCP, and
 * {@link org.elasticvision.train.torch.group.GradientBuckets}, which sums gradients while others are still computed.
 */
package org.elasticvision.train.torch.group;
