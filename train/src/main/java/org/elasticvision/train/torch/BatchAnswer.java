package org.elasticvision.train.torch;

/**
 * What a network answers for a batch. One of the arrays is empty.
 *
 * @param loss mean over the batch, without label smoothing
 * @param logits [image][class], for classes and label sets
 * @param classes the class of each pixel as an unsigned byte, [image][row][column], for segmentation
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record BatchAnswer(double loss, float[] logits, byte[] classes) {}
