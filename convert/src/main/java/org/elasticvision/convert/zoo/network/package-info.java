/**
 * What a network is: layers declared once in the order of its state dict, a forward pass over any {@link
 * org.elasticvision.convert.zoo.ops.LayerOps}, and which of its layers are backbone and head.
 *
 * <p>What flows follows from who runs it: {@link org.elasticvision.convert.zoo.ops.ShapeOps} gives sizes, parameters and
 * FLOPs; ONNX values give an exported graph; LibTorch tensors give training. Start with {@link
 * org.elasticvision.convert.zoo.network.Network}, then {@link org.elasticvision.convert.zoo.network.Family}: what a family says
 * of its networks, so that nobody else has to know their names.
 */
package org.elasticvision.convert.zoo.network;
