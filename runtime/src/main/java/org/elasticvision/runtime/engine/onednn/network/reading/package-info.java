/**
 * From an ONNX graph to the steps of a network: {@code NetworkReader} goes through the nodes, {@code CodeNodes}, {@code WeightNodes}, {@code
 * PoolingNodes}, {@code SizeNodes} and {@code CombiningNodes} make steps of them or refuse them, and {@code Reading} is what they share.
 */
@Internal
package org.elasticvision.runtime.engine.onednn.network.reading;

import org.elasticvision.runtime.base.Internal;
