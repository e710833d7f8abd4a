/** Tensors as they are saved: element types, and what a file holds or is to hold of them. */
package org.elasticvision.convert.checkpoint.tensor;
