/**
 * Models measured on labelled data sets, as published. Begin with {@link org.elasticvision.runtime.evaluation.Evaluation},
 * which {@code elastic evaluate} and the demo call: it lists the labelled images of the model's task (an {@code Evaluator} for
 * each task says where image and truth are), asks the model by several threads, reads the truth beside each answer, and adds
 * both to the task's {@link org.elasticvision.runtime.metrics.TaskMetrics} in the order of the images.
 */
package org.elasticvision.runtime.evaluation;
