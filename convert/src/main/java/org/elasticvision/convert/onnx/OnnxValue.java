package org.elasticvision.convert.onnx;

import org.elasticvision.convert.zoo.ops.Shape;

/** A value of the graph being built: its name, and the shape of one image's part of it. */
record OnnxValue(String name, Shape shape) {}
