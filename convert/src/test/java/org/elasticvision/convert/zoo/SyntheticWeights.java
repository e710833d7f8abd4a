package org.elasticvision.convert.zoo;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.elasticvision.convert.onnx.Weights;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.PublishedModels.TensorKey;

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

    @Override
    public float[] read(String name) {
        TensorKey key = keys.get(name);
        if (key == null) {
            throw new AssertionError("the published model has no tensor " + name);
        }
        long[] shape = key.shape().stream().mapToLong(Long::longValue).toArray();
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        long seed = fnv1a(name);
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(key, uniform(seed, i));
        }
        return values;
    }

    private double value(TensorKey key, double u) {
        boolean norm = key.kind().equals("norm");
        if (norm && key.name().endsWith(".weight")) {
            return normWeightLow + 0.4 * u;
        }
        if (norm && key.name().endsWith(".running_var")) {
            return 0.5 + u;
        }
        if (key.shape().size() >= 2) {
            double fanIn = key.shape().stream().skip(1).reduce(1L, (a, b) -> a * b);
            return (2 * u - 1) * Math.sqrt(3 / fanIn) * 1.5;
        }
        return (u - 0.5) * 0.05;
    }

    private static long fnv1a(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** A multiple of 2⁻²⁴ in [0, 1): the finaliser of SplitMix64. */
    private static double uniform(long seed, int index) {
        long z = seed + (index + 1L) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) * 0x1p-24;
    }
}
