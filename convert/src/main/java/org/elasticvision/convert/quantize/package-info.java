/**
 * Post-training quantization to int8, for the command {@code elastic quantize} and for programs.
 *
 * <p>What flows: an fp32 file that {@code elastic convert} wrote and some images; {@link
 * org.elasticvision.convert.quantize.calibration} measures the ranges of all values on the images; {@code Passes.INT8_CPU} or
 * {@code Passes.INT8_TENSORRT} ({@link org.elasticvision.convert.onnx.pass}) bring the graph into a form that is fast in 8 bits;
 * {@link org.elasticvision.convert.quantize.qdq} puts pairs of QuantizeLinear and DequantizeLinear around what is computed in
 * 8 bits; the int8 file appears with the same metadata. {@link org.elasticvision.convert.quantize.AutoQuantization} repeats the
 * last two steps, leaving in float what hurts most.
 *
 * <p>Read {@link org.elasticvision.convert.quantize.Quantization} first, then {@code qdq.QuantizedGraph}, in whose package is a
 * picture of the names that it makes.
 */
package org.elasticvision.convert.quantize;
