/**
 * Reads and writes what PyTorch's {@code torch.save} writes, without Python and without running anything that a file
 * contains.
 *
 * <p>{@link org.elasticvision.convert.checkpoint.Checkpoint} is the way in, {@link
 * org.elasticvision.convert.checkpoint.CheckpointWriter} the way out. A file is untrusted: only tensors and plain
 * values come out of it, every size in it is checked against the file before anything is allocated, and whatever is
 * wrong with it is a {@link org.elasticvision.convert.checkpoint.CheckpointException}.
 */
package org.elasticvision.convert.checkpoint;
