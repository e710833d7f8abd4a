/**
 * The graph with pairs of QuantizeLinear and DequantizeLinear (Q/DQ). {@link
 * org.elasticvision.convert.quantize.qdq.QuantizedGraph} is the file to read first: it prepares a graph for a target, asks a
 * {@code QdqPlacement} which nodes are computed in 8 bits and which values go through them, and writes the pairs. The
 * calibration that the ranges come from is somebody else's: they are given as a function.
 *
 * <p>What is put behind the name of an activation {@code x}, of the weights {@code c.weight} and of the bias {@code c.bias} of a
 * convolution {@code c}; uppercase is a node, the rest is stored:
 *
 * <pre>
 *   x ──QuantizeLinear──&gt; x.q ──DequantizeLinear──&gt; x.f ─────────────┐
 *            x.s, zero_… ──────────┘                                  │
 *   c.weight.q (int8) ──DequantizeLinear──&gt; c.weight.f ──────────────CONV──&gt; c
 *     or, where all codes are one: c.weight.code ──EXPAND──&gt; c.weight.q│
 *            c.weight.s, zeros_… ──┘                                  │
 *   c.bias.q (int32) ──DequantizeLinear──&gt; c.bias.f ─────────────────┘
 *     or, where int16 is enough: c.bias.code ──CAST──&gt; c.bias.q
 *            c.bias.s = x.s MUL c.weight.s ──┘
 * </pre>
 *
 * <p>{@code .q} are codes (quantized), {@code .f} the floats they stand for, {@code .s} scales, {@code .code} what a file stores
 * where {@code .q} is made when it is loaded. For TensorRT a bias stays float, and weights are always stored whole.
 */
package org.elasticvision.convert.quantize.qdq;
