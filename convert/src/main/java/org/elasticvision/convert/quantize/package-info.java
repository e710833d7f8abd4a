/**
 * Post-training quantization to int8: ranges are measured on images, and the graph gets pairs of QuantizeLinear and
 * DequantizeLinear around what is to be computed in 8 bits.
 */
package org.elasticvision.convert.quantize;
