/**
 * Reads what PyTorch's {@code torch.save} writes, without Python and without running anything that the file contains.
 *
 * <p>{@link org.elasticvision.convert.checkpoint.Checkpoint} is the way in. A file is untrusted: only tensors and plain
 * values come out of it, every size in it is checked against the file before anything is allocated, and whatever is
 * wrong with it is a {@link org.elasticvision.convert.checkpoint.CheckpointException}.
 */
package org.elasticvision.convert.checkpoint;
