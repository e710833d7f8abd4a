package org.elasticvision.train.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * The parameters and buffers of a network, in one ordered map by their keys in the state dict. Owns them; not thread-safe.
 */
final class TensorStore implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, TensorSpec> specs = new LinkedHashMap<>();
    private final TensorPlace place;

    private TensorStore(TensorPlace place) {
        this.place = place;
    }

    /** Reads all tensors of a network; those that training changes get gradients. */
    static TensorStore of(List<TensorSpec> specs, Weights weights, TensorPlace place) {
        TensorStore store = new TensorStore(place);
        try {
            for (TensorSpec spec : specs) {
                store.specs.put(spec.name(), spec);
                store.tensors.put(spec.name(), store.tensor(spec, weights));
            }
            return store;
        } catch (Throwable e) {
            store.close();
            throw e;
        }
    }

    private Tensor tensor(TensorSpec spec, Weights weights) {
        if (spec.role() == TensorSpec.Role.NUM_BATCHES_TRACKED) {
            return Tensors.counter((long) weights.readDoubles(spec.name())[0]);
        }
        Tensor tensor = place.type() == ScalarType.Double
                ? Tensors.of(weights.readDoubles(spec.name()), spec.shape(), place)
                : Tensors.of(weights.read(spec.name()), spec.shape(), place);
        if (spec.role().isTrained()) {
            tensor.set_requires_grad(true);
        }
        return tensor;
    }

    /** Tensors of the same names and shapes, of which none has gradients. */
    TensorStore another(Weights weights) {
        TensorStore other = of(List.copyOf(specs.values()), weights, place);
        other.freeze(other.trained());
        return other;
    }

    /** Excludes parameters from training. */
    void freeze(List<String> names) {
        names.forEach(name -> get(name).set_requires_grad(false));
    }

    /** The tensor of that key. */
    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return tensor;
    }

    /** All tensors, in the order of the state dict. */
    List<Tensor> all() {
        return List.copyOf(tensors.values());
    }

    /** All keys, in the order of the state dict. */
    List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /** What a tensor is. */
    TensorSpec spec(String name) {
        return specs.get(name);
    }

    /** The keys of what has gradients, in order. */
    List<String> trained() {
        return tensors.entrySet().stream()
                .filter(entry -> entry.getValue().requires_grad())
                .map(Map.Entry::getKey)
                .toList();
    }

    TensorPlace place() {
        return place;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
