package org.elasticvision.convert.quantize;

/**
 * What a network loses when one layer alone is computed in 8 bits.
 *
 * @param layer the layer's name
 * @param signalToNoise of the network's output, in dB: the lower, the more the layer hurts
 */
public record LayerLoss(String layer, double signalToNoise) {}
