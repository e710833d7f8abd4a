/**
 * What is known of a graph's values before it runs: type, rank, whether they are constants. {@code TypeInference} follows them
 * from node to node, by {@code onnx-outputs.tsv}: what ONNX's operators put out. {@code CheckedNode} is a node with what is known
 * of its inputs and outputs.
 *
 * <p>Who calls: {@code SupportCheck} and the restrictions of the package above. Nothing here knows what TensorRT takes. Where to
 * begin: {@code TypeInference}.
 */
@Internal
package org.elasticvision.convert.tensorrt.support.inference;

import org.elasticvision.runtime.base.Internal;
