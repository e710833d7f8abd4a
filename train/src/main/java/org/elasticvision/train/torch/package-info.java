/**
 * Training steps in LibTorch; no other package but {@code device} below has to do with {@code org.bytedeco}. {@link
 * org.elasticvision.train.torch.TorchTrainer} owns parameters, gradients and the optimiser's state of a network ({@code TensorStore},
 * {@code optimizer.Optimizer}). A batch goes through {@code TorchOps}, which interprets a network of the zoo as tensors, under {@code Autocast} for mixed
 * precision; {@code Loss} compares the answers with the target; {@code LossScaler} keeps float16's gradients from vanishing; {@code
 * ActivationCheckpointing} trades time for memory.
 *
 * <p>{@code train.run} calls {@code accumulate} for every micro-batch, then {@code update}. Intermediate tensors belong to the
 * {@code PointerScope} of a call and are freed with it; what outlives a call has one owner here. Read {@code TorchTrainer} first.
 */
package org.elasticvision.train.torch;
