package org.elasticvision.train.recipe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.elasticvision.convert.onnx.Weights;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.layer.TensorSpec;

/**
 * Weights before training, as the published networks make theirs: convolutions normal with variance 2 / (kernel area · output
 * channels) (He et al., 2015), BatchNorm 1 and 0, upsamplings bilinear, the rest as PyTorch does without being asked: uniform
 * within ±1/√(inputs), and DenseNet's last bias 0. Each tensor has its own random numbers, so that a network that differs in
 * one layer starts alike elsewhere.
 *
 * <p>Source: the constructors in {@code models/dla.py}, {@code dla_up.py} and {@code densenet.py}, and {@code
 * fill_up_weights} in {@code models/utils.py}. Thread-safe.
 */
public final class Initialization implements Weights {
    private static final String DENSENET_CLASSIFIER = "classifier";

    private final long seed;
    private final Map<String, Function<RandomGenerator, float[]>> makers = new HashMap<>();

    /**
     * Draws the weights of a network.
     *
     * @param network whose weights they are
     * @param seed what all random choices follow from
     */
    public Initialization(Network network, long seed) {
        this.seed = seed;
        network.layers().forEach(this::add);
    }

    @Override
    public float[] read(String name) {
        Function<RandomGenerator, float[]> maker = makers.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return maker.apply(RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + name.hashCode()));
    }

    private void add(Layer layer) {
        if (layer instanceof Conv2d conv) {
            List<Long> shape = spec(conv, conv.weight()).shape();
            double kernelArea = shape.get(2) * shape.get(3);
            normal(spec(conv, conv.weight()), Math.sqrt(2 / (kernelArea * shape.get(0))));
            if (conv.hasBias()) {
                uniform(spec(conv, conv.bias()), 1 / Math.sqrt(kernelArea * shape.get(1)));
            }
        } else if (layer instanceof Linear linear) {
            TensorSpec weight = spec(linear, linear.weight());
            double bound = 1 / Math.sqrt(weight.shape().get(1));
            uniform(weight, bound);
            TensorSpec bias = spec(linear, linear.bias());
            if (linear.name().equals(DENSENET_CLASSIFIER)) {
                constant(bias, 0);
            } else {
                uniform(bias, bound);
            }
        } else if (layer instanceof BatchNorm2d norm) {
            constant(spec(norm, norm.weight()), 1);
            constant(spec(norm, norm.bias()), 0);
            constant(spec(norm, norm.runningMean()), 0);
            constant(spec(norm, norm.runningVar()), 1);
            constant(spec(norm, norm.numBatchesTracked()), 0);
        } else if (layer instanceof ConvTranspose2d upsampling) {
            makers.put(upsampling.weight(), random -> bilinear(upsampling));
        } else {
            throw new IllegalArgumentException("no initial weights for " + layer);
        }
    }

    private static TensorSpec spec(Layer layer, String name) {
        return layer.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void constant(TensorSpec tensor, float value) {
        makers.put(tensor.name(), random -> {
            float[] values = new float[Math.toIntExact(tensor.elementCount())];
            Arrays.fill(values, value);
            return values;
        });
    }

    private void normal(TensorSpec tensor, double deviation) {
        makers.put(tensor.name(), random -> {
            float[] values = new float[Math.toIntExact(tensor.elementCount())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            return values;
        });
    }

    private void uniform(TensorSpec tensor, double bound) {
        makers.put(tensor.name(), random -> {
            float[] values = new float[Math.toIntExact(tensor.elementCount())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            return values;
        });
    }

    /** The kernel that enlarges by the stride, bilinear between pixel centres. */
    private static float[] bilinear(ConvTranspose2d layer) {
        int kernel = layer.kernel();
        double half = Math.ceil(kernel / 2.0);
        double centre = (2 * half - 1 - half % 2) / (2 * half);
        float[] values = new float[layer.channels() * kernel * kernel];
        for (int i = 0; i < values.length; i++) {
            int row = i / kernel % kernel;
            int column = i % kernel;
            values[i] = (float) ((1 - Math.abs(row / half - centre)) * (1 - Math.abs(column / half - centre)));
        }
        return values;
    }
}
