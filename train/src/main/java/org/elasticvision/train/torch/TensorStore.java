package org.elasticvision.train.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.onnx.Weights;
import org.elasticvision.convert.zoo.layer.TensorSpec;

/**
 * The parameters and buffers of a network, in one ordered map by their keys in the state dict. Owns them; not thread-safe.
 */
public final class TensorStore implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, TensorSpec> specs = new LinkedHashMap<>();

    private TensorStore() {}

    /**
     * Reads all tensors of a network.
     *
     * @param precision of what is computed: {@link Precision#FLOAT64} to compare, else {@link Precision#FLOAT32}
     */
    public static TensorStore of(List<TensorSpec> specs, Weights weights, Precision precision) {
        TensorStore store = new TensorStore();
        for (TensorSpec spec : specs) {
            store.specs.put(spec.name(), spec);
            store.tensors.put(spec.name(), tensor(spec, weights, precision));
        }
        return store;
    }

    private static Tensor tensor(TensorSpec spec, Weights weights, Precision precision) {
        if (spec.role() == TensorSpec.Role.NUM_BATCHES_TRACKED) {
            return Tensors.counter((long) weights.read(spec.name())[0]);
        }
        Tensor tensor = Tensors.of(weights.read(spec.name()), spec.shape(), precision);
        if (spec.role().isParameter()) {
            tensor.set_requires_grad(true);
        }
        return tensor;
    }

    /** The tensor of that key. */
    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return tensor;
    }

    /** All keys, in the order of the state dict. */
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /** What a tensor is. */
    public TensorSpec spec(String name) {
        return specs.get(name);
    }

    /** The parameters that an optimiser changes, by key. */
    Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>(tensors);
        parameters.keySet().removeIf(name -> !specs.get(name).role().isParameter());
        return Collections.unmodifiableMap(parameters);
    }

    /** A copy of a tensor's values. */
    public double[] toDoubles(String name) {
        return Tensors.toDoubles(get(name));
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
