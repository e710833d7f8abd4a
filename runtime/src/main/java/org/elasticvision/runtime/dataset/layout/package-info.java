/**
 * How a data set is laid out on disk: its training and validation parts, MSCOCO's files, and whose classes are whose. {@code ClassMatcher}
 * matches the names of a data set with those of a model, and refuses what only fits by number; {@code KnownLayouts} recognises what people often
 * point at by mistake. The readers of {@code dataset} and {@code dataset.coco} stand on this.
 */
package org.elasticvision.runtime.dataset.layout;
