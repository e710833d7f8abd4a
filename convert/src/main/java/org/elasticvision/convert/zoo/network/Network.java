package org.elasticvision.convert.zoo.network;

import java.util.List;
import java.util.Set;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** A network: layers declared once, and a forward pass over any {@link LayerOps}. Immutable and thread-safe. */
public interface Network {
    /**
     * {@return the layers in the order of the published state dict, those that the forward pass never uses included}
     */
    List<Layer> layers();

    /** {@return which of them are its head} */
    Head head();

    /** {@return what is to know of all others} */
    default Backbone backbone() {
        return Backbone.PLAIN;
    }

    /**
     * {@return how it starts from the weights of a relative; {@link PartialStart#NONE} where they are not of one}
     *
     * @param names of the relative's tensors
     */
    default PartialStart startFrom(Set<String> names) {
        return PartialStart.NONE;
    }

    /**
     * Interprets the network for a batch of images.
     *
     * @param <T> what flows through the layers
     * @param ops the interpreter
     * @param image float32 RGB, NCHW, normalised
     * @return logits {@code [N, classes]}, or for segmentation logits or log-probabilities {@code [N, classes, H, W]}
     * @throws InputSizeException if the network cannot take the image's size
     */
    <T> T forward(LayerOps<T> ops, T image);

    /** {@return all tensors of the state dict, in order} */
    default List<TensorSpec> tensors() {
        return layers().stream().flatMap(layer -> layer.tensors().stream()).toList();
    }

    /** {@return the number of trained values} */
    default long parameterCount() {
        return tensors().stream()
                .filter(tensor -> tensor.role().isParameter())
                .mapToLong(TensorSpec::elementCount)
                .sum();
    }
}
