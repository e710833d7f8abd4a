package org.elasticvision.runtime.benchmark;

/**
 * Where the time of a call goes: of each stage the median, in milliseconds. They need not add up to the median of the whole.
 */
public record StageMedians(double decode, double preprocess, double inference, double postprocess) {}
