/**
 * A run's figures for TensorBoard. {@link org.elasticvision.train.tensorboard.TensorBoardLog} receives progress and makes events of it, {@code
 * EventMessages} encodes them as TensorFlow's protobuf messages, {@code EventFile} frames these as TFRecords. Begin with the first.
 */
package org.elasticvision.train.tensorboard;
