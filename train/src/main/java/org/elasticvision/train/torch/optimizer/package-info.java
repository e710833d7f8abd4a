/**
 * From gradients to new weights: {@link org.elasticvision.train.torch.optimizer.Optimizer} steps over parameter groups by SGD or
 * AdamW, in PyTorch's arithmetic, and keeps their state under PyTorch's names. {@code TorchTrainer} owns one.
 */
package org.elasticvision.train.torch.optimizer;
