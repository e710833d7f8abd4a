/**
 * What a training run does, as values. {@link org.elasticvision.train.settings.RunSettings} says all of it, {@code
 * SavedSettings} writes it into a checkpoint and reads it back, and {@code RunSettings.open} finds the data and the device, which
 * makes a {@link org.elasticvision.train.settings.TrainingJob}.
 *
 * <p>The command line maps its options onto settings, the demo writes its own, an application writes its own; {@code
 * train.run.Training} starts a job or goes on with one. Read {@code RunSettings} first.
 */
package org.elasticvision.train.settings;
