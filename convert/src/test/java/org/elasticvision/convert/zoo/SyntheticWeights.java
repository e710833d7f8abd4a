package org.elasticvision.convert.zoo;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.PublishedModels.TensorKey;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;

/**
 * The repeatable weights that the golden outputs were computed with: a number for each element from the hash of its tensor's
 * name and its index, scaled so that activations stay of the order of 1 through the whole network.
 */
public final class SyntheticWeights implements Weights {
    private final Map<String, TensorKey> keys = new HashMap<>();
    private final double normWeightLow;

    public SyntheticWeights(Figures figures) {
        PublishedModels.keys(figures.name()).forEach(key -> keys.put(key.name(), key));
        normWeightLow = figures.normWeightLow();
    }

    /** The same rule for a network that was not published. */
    public SyntheticWeights(Network network) {
        for (Layer layer : network.layers()) {
            String kind = layer instanceof BatchNorm2d ? "norm" : "other";
            for (TensorSpec tensor : layer.tensors()) {
                keys.put(tensor.name(), new TensorKey(tensor.name(), "float32", tensor.shape(), "", kind));
            }
        }
        normWeightLow = 0.8;
    }

    /** The same rule for a network whose last layer has another number of classes. */
    public SyntheticWeights resized(List<TensorSpec> tensors) {
        for (TensorSpec tensor : tensors) {
            keys.computeIfPresent(
                    tensor.name(),
                    (name, key) -> new TensorKey(name, key.dtype(), tensor.shape(), key.role(), key.kind()));
        }
        return this;
    }

    @Override
    public float[] read(String name) {
        TensorKey key = keys.get(name);
        if (key == null) {
            throw new AssertionError("the published model has no tensor " + name);
        }
        long count = key.shape().stream().reduce(1L, Math::multiplyExact);
        if (name.endsWith(".num_batches_tracked")) {
            return new float[] {1000};
        }
        Range range = range(key);
        float[] values = new float[Math.toIntExact(count)];
        // Some tests make a billion: what is added up, and scaled by a power of two, beforehand gives the same numbers.
        long state = fnv1a(name);
        double step = range.width() * 0x1p-24;
        for (int i = 0; i < values.length; i++) {
            state += 0x9E3779B97F4A7C15L;
            values[i] = (float) (range.low() + step * bits24(state));
        }
        return values;
    }

    /** Where a tensor's values lie: in {@code [low, low + width)}. */
    private record Range(double low, double width) {}

    private Range range(TensorKey key) {
        boolean norm = key.kind().equals("norm");
        if (norm && key.name().endsWith(".weight")) {
            return new Range(normWeightLow, 0.4);
        }
        if (norm && key.name().endsWith(".running_var")) {
            return new Range(0.5, 1);
        }
        if (key.shape().size() >= 2) {
            double fanIn = key.shape().stream().skip(1).reduce(1L, (a, b) -> a * b);
            double bound = Math.sqrt(3 / fanIn) * 1.5;
            return new Range(-bound, 2 * bound);
        }
        return new Range(-0.025, 0.05);
    }

    private static long fnv1a(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** A number below 2²⁴: the finaliser of SplitMix64. */
    private static int bits24(long state) {
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (int) (z >>> 40);
    }
}
