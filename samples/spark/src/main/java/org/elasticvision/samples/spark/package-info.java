/**
 * Labels any number of images on Apache Spark: {@link org.elasticvision.samples.spark.LabelImages} is the program that {@code
 * spark-submit} starts. It runs in the driver, as all of this package does; {@link org.elasticvision.samples.spark.executor} runs in
 * the executors.
 */
package org.elasticvision.samples.spark;
