package org.elasticvision.runtime.onnx;

/**
 * An input or output of a graph.
 *
 * @param shape the lengths of its dimensions, -1 where one is open; null where the file does not say
 * @param isFloat whether it is a float32 tensor
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
public record OnnxInput(String name, long[] shape, boolean isFloat) {}
