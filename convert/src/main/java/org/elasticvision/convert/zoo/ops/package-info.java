/**
 * The operations that networks are made of: {@link org.elasticvision.convert.zoo.ops.LayerOps}, with one implementation per thing
 * that a network can become. The one here, {@link org.elasticvision.convert.zoo.ops.ShapeOps}, gives sizes, parameters and FLOPs;
 * the ONNX exporter and LibTorch training have their own. Begin with {@code LayerOps}. Nothing here knows a network.
 */
package org.elasticvision.convert.zoo.ops;
