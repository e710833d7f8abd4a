/**
 * The networks, each written once: a network declares its layers in the order of the published state dict, and runs over
 * any {@link org.elasticvision.convert.zoo.LayerOps}.
 *
 * <p>What flows follows from who runs it: shapes give sizes, parameters and FLOPs; ONNX values give an exported graph;
 * LibTorch tensors give training.
 */
package org.elasticvision.convert.zoo;
