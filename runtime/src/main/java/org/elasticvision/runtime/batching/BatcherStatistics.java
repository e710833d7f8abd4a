package org.elasticvision.runtime.batching;

/**
 * What a batcher has done so far.
 *
 * @param waiting images that wait now
 * @param running images that a runner has taken and not yet answered
 * @param batches that went through the network or failed there
 * @param images in these batches
 * @param refused images, because too many waited
 * @param skipped images whose future was cancelled, or completed otherwise, before their turn
 */
public record BatcherStatistics(int waiting, int running, long batches, long images, long refused, long skipped) {}
