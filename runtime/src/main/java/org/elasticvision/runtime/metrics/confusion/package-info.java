/**
 * Which class was answered for which: a {@link org.elasticvision.runtime.metrics.confusion.ConfusionMatrix} is part of the results of
 * classification (images) and segmentation (pixels), and reports draw it. Begin with it.
 */
package org.elasticvision.runtime.metrics.confusion;
