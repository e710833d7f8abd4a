/**
 * Examples to learn from. A {@link org.elasticvision.train.data.DataSource} says where a data set lies; opened, it is a {@link
 * org.elasticvision.train.data.DatasetFolder}, which reads its lists with the runtime's readers and gives {@link
 * org.elasticvision.train.data.TrainingData}: an image and what it is trained towards, by number. {@code transform} varies images,
 * {@code mixing} mixes those of a batch, {@code loading} makes {@link org.elasticvision.train.data.Batch batches} of many at once, ahead of their use.
 *
 * <p>Of a new task this package needs a kind of {@link org.elasticvision.train.data.Target}, examples beside {@code
 * ClassificationData}, and a layout in {@code DatasetFolder}. Read {@code TrainingData} first.
 */
package org.elasticvision.train.data;
