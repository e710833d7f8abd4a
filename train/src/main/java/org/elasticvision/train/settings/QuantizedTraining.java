package org.elasticvision.train.settings;

import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;

/**
 * How a trained network is trained on in fake quantization for an int8 model (quantization-aware training, QAT).
 *
 * @param target what runs the int8 model
 * @param weights how they become 8 bits
 * @param epochs over the training images
 * @param learningRate of the weights, of AdamW; it falls to zero along a cosine
 */
public record QuantizedTraining(Int8Target target, Int8Weights weights, int epochs, double learningRate) {
    /** Epochs where nothing else is said. */
    public static final int EPOCHS = 2;

    /** Learning rate where nothing else is said. */
    public static final double LEARNING_RATE = 1e-4;

    public QuantizedTraining {
        if (epochs < 1) {
            throw new IllegalArgumentException("QAT epochs " + epochs + " must be at least 1");
        }
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("QAT learning rate " + learningRate + " must be above 0");
        }
    }

    /**
     * {@return what is usual for a target}
     *
     * @param target what runs the int8 model
     */
    public static QuantizedTraining of(Int8Target target) {
        return new QuantizedTraining(target, QuantizationOptions.of(target).weights(), EPOCHS, LEARNING_RATE);
    }

    /** {@return how the network is quantized} */
    public QuantizationOptions quantization() {
        return QuantizationOptions.of(target).withWeights(weights);
    }
}
