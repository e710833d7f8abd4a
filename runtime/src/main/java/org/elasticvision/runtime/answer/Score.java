package org.elasticvision.runtime.answer;

import org.elasticvision.runtime.model.Label;

/**
 * What a network thinks of one class.
 *
 * @param label the class
 * @param index of the class in the network's output
 * @param logit the output itself
 * @param probability in 0..1
 */
public record Score(Label label, int index, float logit, double probability) {}
