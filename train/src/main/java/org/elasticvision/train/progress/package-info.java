/**
 * What a run says while it goes: a {@link org.elasticvision.train.progress.TrainingListener} is told after every update and
 * every epoch; {@link org.elasticvision.train.outcome.MetricsLog} keeps the figures of epochs in two files.
 */
package org.elasticvision.train.progress;
