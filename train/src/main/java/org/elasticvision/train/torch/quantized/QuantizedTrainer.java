package org.elasticvision.train.torch.quantized;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Places;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.torch.BatchAnswer;
import org.elasticvision.train.torch.StepResult;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchShield;
import org.elasticvision.train.torch.optimizer.Optimizer;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.elasticvision.train.torch.optimizer.OptimizerSettings;
import org.elasticvision.train.torch.optimizer.ParameterGroup;
import org.elasticvision.train.torch.tensor.Loss;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * A network in fake quantization in training, in float32 whatever the precision that it was trained in. Owns all of it; for one thread. Every call
 * is behind a {@link TorchShield}.
 */
public final class QuantizedTrainer implements AutoCloseable {
    private final TorchOptions options;
    private final TensorPlace place;
    private final Loss loss;
    private final QuantizedNetwork network;
    private final Optimizer optimizer;

    /**
     * Copies a network into LibTorch's memory.
     *
     * @param model the fp32 model
     * @param places where it goes through 8 bits
     * @param quantization for which target, and with which weights
     * @param scales that values begin with, by the names of {@link Int8Places#scaledAs}
     * @param loss what is minimised
     * @param microBatches whose gradients an update finds added
     * @param options where it is computed
     */
    public QuantizedTrainer(
            OnnxModel model,
            Int8Places places,
            QuantizationOptions quantization,
            Function<String, ActivationScale> scales,
            Loss loss,
            int microBatches,
            TorchOptions options) {
        this.options = options;
        this.place = new TensorPlace(options.device(), ScalarType.Float, options.channelsLast());
        this.loss = loss;
        try (TorchShield shield = TorchShield.open()) {
            this.network = new QuantizedNetwork(
                    model.graph(), places, quantization.target(), quantization.weights(), scales, place);
            List<ParameterGroup> groups = List.of(
                    new ParameterGroup(network.weightNames(), 0, 0), new ParameterGroup(network.scaleNames(), 0, 0));
            this.optimizer = Optimizer.of(
                    new OptimizerSettings(OptimizerKind.ADAMW, groups, microBatches), network::parameter, false);
        }
    }

    /**
     * Runs a batch forward and backward; its gradients add to those since the last {@link #update}.
     *
     * @param batch the examples
     * @return the loss and the answers
     */
    public StepResult accumulate(Batch batch) {
        return TorchShield.behind(batch.size(), () -> accumulateNow(batch));
    }

    private StepResult accumulateNow(Batch batch) {
        try (PointerScope scope = new PointerScope();
                Tensor images = images(batch)) {
            Tensor target = Loss.tensor(batch.target(), place);
            Tensor logits = network.forward(images);
            Tensor value = loss.loss(batch.target(), logits, target);
            value.backward();
            try (NoGradGuard guard = new NoGradGuard()) {
                long[] errors = Loss.errors(batch.target(), logits, target);
                return new StepResult(value.item_double(), errors[0], errors[1]);
            }
        }
    }

    /**
     * Changes what is learned by the gradients so far, and clears them.
     *
     * @param ofWeights learning rate of the weights
     * @param ofScales learning rate of the logarithms of scales
     */
    public void update(double ofWeights, double ofScales) {
        try (TorchShield shield = TorchShield.open()) {
            optimizer.step(ofWeights, ofScales);
        }
    }

    /**
     * {@return what the network answers in fake quantization}
     *
     * @param batch the examples
     */
    public BatchAnswer answer(Batch batch) {
        return TorchShield.behind(batch.size(), () -> answerNow(batch));
    }

    private BatchAnswer answerNow(Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Tensor images = images(batch)) {
            Tensor target = Loss.tensor(batch.target(), place);
            Tensor logits = network.forward(images);
            double mean =
                    new Loss(0, List.of()).loss(batch.target(), logits, target).item_double();
            return batch.target() instanceof Target.Masks
                    ? new BatchAnswer(mean, new float[0], Tensors.toBytes(Loss.answer(logits)))
                    : new BatchAnswer(mean, Tensors.toFloats(logits), new byte[0]);
        }
    }

    /**
     * {@return the network's raw output for a batch}
     *
     * @param batch the examples
     */
    public float[] logits(Batch batch) {
        return TorchShield.behind(batch.size(), () -> {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard();
                    Tensor images = images(batch)) {
                return Tensors.toFloats(network.forward(images));
            }
        });
    }

    private Tensor images(Batch batch) {
        long[] shape = {batch.size(), Batch.CHANNELS, batch.height(), batch.width()};
        return Tensors.of(
                batch.images().duplicate().rewind(),
                shape,
                place,
                options.device().cuda());
    }

    /** {@return a copy of what is learned so far} */
    public LearnedNetwork learned() {
        return TorchShield.behind(network::learned);
    }

    /**
     * Goes back to what was learned before; the optimizer's state stays.
     *
     * @param before of this trainer
     */
    public void restore(LearnedNetwork before) {
        try (TorchShield shield = TorchShield.open()) {
            network.restore(before, place);
        }
    }

    @Override
    public void close() {
        TorchShield.free(() -> {
            optimizer.close();
            network.close();
        });
    }
}
