package org.elasticvision.train.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;

/** Small stores of parameters, and gradients that are known: the gradient of Σ g·p by p is g. */
final class Stores {
    static final TensorPlace FLOAT64 = TensorPlace.of(
            TorchOptions.defaults().withPrecision(TrainingPrecision.FLOAT64).withChannelsLast(false));

    private Stores() {}

    /** One-dimensional weights. */
    static TensorStore of(Map<String, float[]> values) {
        List<TensorSpec> specs = new ArrayList<>();
        values.forEach((name, weights) ->
                specs.add(new TensorSpec(name, List.of((long) weights.length), TensorSpec.Role.WEIGHT)));
        return TensorStore.of(specs, values::get, FLOAT64);
    }

    /** Adds to a parameter's gradient. */
    static void addGradient(TensorStore store, String name, double... gradient) {
        List<Long> shape = List.of((long) gradient.length);
        try (Tensor factors = Tensors.of(gradient, shape, FLOAT64);
                Tensor product = store.get(name).mul(factors);
                Tensor sum = product.sum()) {
            sum.backward();
        }
    }

    static double[] values(TensorStore store, String name) {
        return Tensors.toDoubles(store.get(name));
    }

    /** Makes all of a gradient infinite. */
    static void overflow(TensorStore store, String name) {
        addGradient(store, name, 1);
        store.get(name).grad().mul_(new Scalar(Double.POSITIVE_INFINITY));
    }
}
