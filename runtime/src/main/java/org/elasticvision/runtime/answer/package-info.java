/**
 * What models answer, and how it is read from a network's output: the only place where logits become answers.
 *
 * <p>{@link org.elasticvision.runtime.answer.Prediction} is what every task gives; {@link
 * org.elasticvision.runtime.answer.Classification}, {@link org.elasticvision.runtime.answer.LabelSet} and {@link
 * org.elasticvision.runtime.answer.Segmentation} each have a factory {@code of} that reads one item of the output, the task's
 * answer reader. The models of the package above call it for each image, the report of a training run for its samples,
 * validation for the classes of pixels; comparisons of raw outputs use {@link org.elasticvision.runtime.answer.Logits#best}.
 * All answers are immutable.
 */
package org.elasticvision.runtime.answer;
