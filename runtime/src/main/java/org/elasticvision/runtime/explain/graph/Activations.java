package org.elasticvision.runtime.explain.graph;

import java.util.Optional;
import org.elasticvision.runtime.onnx.OnnxNode;

/** The value that leaves a layer: a convolution with its normalisation and activation. Immutable. */
final class Activations {
    private final Wiring wiring;

    Activations(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * {@return the last value that is only a convolution's result changed number by number: the same in the literal form, in the optimized one,
     * where BatchNorm is part of the convolution, and in int8, where the activation may be part of the rounding}
     */
    String after(OnnxNode convolution) {
        String value = convolution.output();
        String found = value;
        Optional<OnnxNode> next = wiring.onlyConsumer(value);
        while (next.isPresent() && wiring.pointwiseInput(next.get()).isPresent()) {
            value = next.get().output();
            if (!next.get().operator().equals("QuantizeLinear")) { // whose result are codes
                found = value;
            }
            next = wiring.onlyConsumer(value);
        }
        return found;
    }
}
