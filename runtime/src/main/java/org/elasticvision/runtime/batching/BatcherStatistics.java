package org.elasticvision.runtime.batching;

/**
 * What a batcher has done so far.
 *
 * @param waiting images that wait now
 * @param batches that went through the network or failed there
 * @param images in these batches
 * @param refused images, because too many waited
 * @param skipped images whose future was cancelled, or completed otherwise, before their turn
 */
public record BatcherStatistics(int waiting, long batches, long images, long refused, long skipped) {}
