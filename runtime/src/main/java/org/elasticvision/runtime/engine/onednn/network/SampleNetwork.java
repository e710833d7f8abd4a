package org.elasticvision.runtime.engine.onednn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Some layers as these networks have many, to measure what a processor does best with. Stateless. */
public final class SampleNetwork {
    private static final int PIXELS = 14;
    private static final int NARROW = 256;
    private static final int WIDE = 1024;
    private static final int PAIRS = 2;

    private SampleNetwork() {}

    /**
     * {@return convolutions of one pixel from few channels to many and back, as in the third of four stages}
     *
     * @param quantized whether they are in 8 bits
     */
    public static Network pointwise(boolean quantized) {
        Value image = new Value("image", NARROW, PIXELS, PIXELS);
        List<Step> steps = new ArrayList<>();
        Value last = image;
        if (quantized) {
            last = codes("codes", NARROW);
            steps.add(new Step.Converting(image, last));
        }
        for (int i = 0; i < 2 * PAIRS; i++) {
            int outputs = i % 2 == 0 ? WIDE : NARROW;
            boolean isLast = i == 2 * PAIRS - 1;
            Value next = quantized && !isLast
                    ? codes("layer" + i, outputs)
                    : new Value("layer" + i, outputs, PIXELS, PIXELS);
            steps.add(convolution(last, next, quantized));
            last = next;
        }
        return new Network(image, last, 1, steps);
    }

    private static Value codes(String name, int channels) {
        Value value = new Value(name, channels, PIXELS, PIXELS);
        value.quantize(new Quantization(1, 0, false));
        return value;
    }

    private static Step convolution(Value input, Value output, boolean quantized) {
        int inputs = input.channels();
        int outputs = output.channels();
        Weights.Source source = new Weights.Made(new long[] {outputs, inputs, 1, 1}, new float[outputs * inputs]);
        Optional<float[]> scales = quantized ? Optional.of(ones(outputs)) : Optional.empty();
        return new Step.Convolution(
                input,
                new Weights(source, scales, null),
                null,
                new Window(1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
                1,
                List.of(),
                Activation.RELU,
                output);
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
