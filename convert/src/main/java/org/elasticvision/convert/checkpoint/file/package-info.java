/**
 * A checkpoint as bytes on disk: what kind of file it is, the zip archives that PyTorch writes, and reads that cannot leave the file. Nothing
 * here knows tensors or pickles. {@link org.elasticvision.convert.checkpoint.file.CheckpointException} is what all reading of checkpoints throws.
 */
package org.elasticvision.convert.checkpoint.file;
