/**
 * What runs in Spark's executors. A task hands its images to {@link org.elasticvision.samples.spark.executor.LabelPartition}, which
 * asks the model that all tasks of the executor share, {@link org.elasticvision.samples.spark.executor.SharedModel}, and gives a row
 * of {@link org.elasticvision.samples.spark.executor.AnswerColumns} for each.
 */
package org.elasticvision.samples.spark.executor;
