/**
 * A training run, from its settings to its last checkpoint. {@link org.elasticvision.train.run.Training} starts a job or goes on
 * with one: it makes the loaders and the trainer and hands them to {@code TrainingLoop}. The loop takes batches from {@code
 * train.data.loading}, lets {@code train.torch.TorchTrainer} accumulate gradients and update, tells a {@code
 * train.progress.TrainingListener}, and measures with {@code Validation}. {@code RunSaver} writes checkpoints: {@code RunState} is
 * what they keep besides tensors and settings, {@code RunIdentity} and {@code RunView} what must not change on the way. {@code
 * RunLock} keeps a folder to one run.
 *
 * <p>The command line, the demo and applications call {@code Training}; nothing here knows a command line. Read {@code
 * TrainingLoop} first.
 */
package org.elasticvision.train.run;
