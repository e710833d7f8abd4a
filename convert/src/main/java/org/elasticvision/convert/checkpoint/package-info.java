/**
 * Reads and writes what PyTorch's {@code torch.save} writes, and safetensors files, without Python and without running
 * anything that a file contains.
 *
 * <p>What flows: the file's kind is told by its first bytes; the zip or legacy reader finds the pickle and the
 * storages; {@code org.elasticvision.convert.checkpoint.pickle.TensorUnpickler} interprets the pickle and only describes values; {@code PlainValues} makes plain
 * Java values of these. A tensor's numbers are read from the file when they are asked for.
 *
 * <p>Who calls: the conversion and {@code train --init-from} read, training writes ({@code CheckpointWriter}).
 *
 * <p>Where to begin: {@code Checkpoint}, the way in, then {@code ZipFormat} and {@code org.elasticvision.convert.checkpoint.pickle.TensorUnpickler}; {@code
 * CheckpointWriter}, the way out.
 *
 * <p>A file is untrusted: only tensors and plain values come out of it, every size in it is checked against the file
 * before anything is allocated, and whatever is wrong with it is a {@code org.elasticvision.convert.checkpoint.file.CheckpointException} that says what to do.
 */
package org.elasticvision.convert.checkpoint;
