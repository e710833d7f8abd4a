/**
 * The layers of an ONNX graph: shapes, operations, weights and precision of each. {@code elastic inspect --layers} prints them; begin at
 * {@link org.elasticvision.runtime.onnx.layer.GraphLayers}.
 */
@Internal
package org.elasticvision.runtime.onnx.layer;

import org.elasticvision.runtime.base.Internal;
