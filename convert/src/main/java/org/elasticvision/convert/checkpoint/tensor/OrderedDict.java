package org.elasticvision.convert.checkpoint.tensor;

import java.util.Map;
import org.elasticvision.convert.checkpoint.CheckpointWriter;

/**
 * A dictionary that a {@link CheckpointWriter} writes as Python's {@code collections.OrderedDict}, which is what PyTorch's
 * state dicts are, instead of as a plain dictionary.
 *
 * @param entries in the order in which they are to be written; the keys are String, Integer or Long
 */
public record OrderedDict(Map<?, ?> entries) {}
