/**
 * MSCOCO's annotations, read as a stream: {@code CocoDataset} gives images with the classes of their objects and the objects' sizes, which the
 * published measures are counted by.
 */
package org.elasticvision.runtime.dataset.coco;
