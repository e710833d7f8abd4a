/**
 * A network for images as the steps of an engine, made from an ONNX graph. Java alone: it knows no native library.
 *
 * <p>{@link org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader#read} comes first: it turns nodes into
 * {@link org.elasticvision.runtime.engine.onednn.network.Step}s, takes quantize/dequantize pairs as the quantization of the value between
 * them and works out what is constant; {@link org.elasticvision.runtime.engine.onednn.network.Network#optimized} then lets convolutions do the additions and activations behind them. Shapes are
 * those of one image: the batch comes in when a plan is made.
 */
@Internal
package org.elasticvision.runtime.engine.onednn.network;

import org.elasticvision.runtime.base.Internal;
