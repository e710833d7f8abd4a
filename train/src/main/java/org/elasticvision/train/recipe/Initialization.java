package org.elasticvision.train.recipe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.elasticvision.convert.zoo.layer.Init;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;

/**
 * Weights before training, as the network's own layers say what theirs are. Each tensor has its own random numbers, so that a
 * network that differs in one layer starts alike elsewhere.
 *
 * <p>Source: the constructors in {@code models/dla.py}, {@code dla_up.py} and {@code densenet.py}, and {@code
 * fill_up_weights} in {@code models/utils.py}. Thread-safe.
 */
public final class Initialization implements Weights {
    private final long seed;
    private final Map<String, TensorSpec> tensors = new HashMap<>();

    /**
     * Draws the weights of a network.
     *
     * @param network whose weights they are
     * @param seed what all random choices follow from
     */
    public Initialization(Network network, long seed) {
        this.seed = seed;
        network.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    }

    @Override
    public float[] read(String name) {
        TensorSpec tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        float[] values = new float[Math.toIntExact(tensor.elementCount())];
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + name.hashCode());
        if (tensor.init() instanceof Init.Normal normal) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (normal.deviation() * random.nextGaussian());
            }
        } else if (tensor.init() instanceof Init.Uniform uniform) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-uniform.bound(), uniform.bound());
            }
        } else if (tensor.init() instanceof Init.Constant constant) {
            Arrays.fill(values, constant.value());
        } else {
            fillBilinear(
                    values, Math.toIntExact(tensor.shape().get(tensor.shape().size() - 1)));
        }
        return values;
    }

    private static void fillBilinear(float[] values, int kernel) {
        double half = Math.ceil(kernel / 2.0);
        double centre = (2 * half - 1 - half % 2) / (2 * half);
        for (int i = 0; i < values.length; i++) {
            int row = i / kernel % kernel;
            int column = i % kernel;
            values[i] = (float) ((1 - Math.abs(row / half - centre)) * (1 - Math.abs(column / half - centre)));
        }
    }
}
