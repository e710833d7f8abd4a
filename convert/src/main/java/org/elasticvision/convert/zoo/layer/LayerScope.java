package org.elasticvision.convert.zoo.layer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where layers are declared while a network is built: a dotted prefix, and the list that all scopes of a network share.
 *
 * <p>The order of declaration is the order of the state dict, whatever order the layers are run in.
 */
public final class LayerScope {
    private final String prefix;
    private final double batchNormMomentum;
    private final boolean updatedTwice;
    private final List<Layer> layers;
    private final Set<String> names;

    private LayerScope(
            String prefix, double batchNormMomentum, boolean updatedTwice, List<Layer> layers, Set<String> names) {
        this.prefix = prefix;
        this.batchNormMomentum = batchNormMomentum;
        this.updatedTwice = updatedTwice;
        this.layers = layers;
        this.names = names;
    }

    /** {@return the scope of a whole network, with an empty prefix} */
    public static LayerScope root() {
        return new LayerScope("", BatchNorm2d.DEFAULT_MOMENTUM, false, new ArrayList<>(), new HashSet<>());
    }

    /**
     * {@return the scope for a part of the network}
     *
     * @param name without a dot at its end
     */
    public LayerScope child(String name) {
        return new LayerScope(qualified(name), batchNormMomentum, updatedTwice, layers, names);
    }

    /**
     * {@return the scope for the part with a number, as in {@code layer1.0}}
     *
     * @param index counted from 0
     */
    public LayerScope child(int index) {
        return child(Integer.toString(index));
    }

    /**
     * {@return the same scope, where running statistics move faster or slower than usual in training}
     *
     * @param momentum the share of a batch in the running statistics
     */
    public LayerScope withBatchNormMomentum(double momentum) {
        return new LayerScope(prefix, momentum, updatedTwice, layers, names);
    }

    /** {@return the same scope, where running statistics take in each batch twice in training} */
    public LayerScope withBatchNormUpdatedTwice() {
        return new LayerScope(prefix, batchNormMomentum, true, layers, names);
    }

    /** {@return the dotted prefix, empty for the root} */
    public String name() {
        return prefix;
    }

    /** {@return all layers declared so far} */
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    /**
     * {@return a convolution without a bias}
     *
     * @param name of the layer in this scope
     * @param in channels of the input
     * @param out channels of the output
     * @param kernel height and width of the window
     * @param stride the step of the window
     * @param padding zeros at each side
     */
    public Conv2d conv2d(String name, int in, int out, int kernel, int stride, int padding) {
        return declare(new Conv2d(qualified(name), in, out, kernel, stride, padding, 1, 1, false));
    }

    /**
     * {@return a 1×1 convolution without a bias}
     *
     * @param name of the layer in this scope
     * @param in channels of the input
     * @param out channels of the output
     */
    public Conv2d conv1x1(String name, int in, int out) {
        return conv2d(name, in, out, 1, 1, 0);
    }

    /**
     * {@return a 1×1 convolution with a bias}
     *
     * @param name of the layer in this scope
     * @param in channels of the input
     * @param out channels of the output
     */
    public Conv2d conv1x1WithBias(String name, int in, int out) {
        return declare(new Conv2d(qualified(name), in, out, 1, 1, 0, 1, 1, true));
    }

    /**
     * {@return a 3×3 convolution whose padding keeps the size at stride 1}
     *
     * @param name of the layer in this scope
     * @param in channels of the input
     * @param out channels of the output
     * @param stride the step of the window
     * @param dilation the distance between the taps
     * @param groups how many groups of channels there are
     */
    public Conv2d conv3x3(String name, int in, int out, int stride, int dilation, int groups) {
        return declare(new Conv2d(qualified(name), in, out, 3, stride, dilation, dilation, groups, false));
    }

    /**
     * {@return a depthwise transposed convolution that multiplies the size by an even factor, as training finds best}
     *
     * @param name of the layer in this scope
     * @param channels of the value
     * @param factor by which the size is multiplied
     */
    public ConvTranspose2d upsample(String name, int channels, int factor) {
        return declare(new ConvTranspose2d(qualified(name), channels, 2 * factor, factor, factor / 2, true));
    }

    /**
     * {@return the same, bilinear for good}
     *
     * @param name of the layer in this scope
     * @param channels of the value
     * @param factor by which the size is multiplied
     */
    public ConvTranspose2d fixedUpsample(String name, int channels, int factor) {
        return declare(new ConvTranspose2d(qualified(name), channels, 2 * factor, factor, factor / 2, false));
    }

    /**
     * {@return a BatchNorm layer}
     *
     * @param name of the layer in this scope
     * @param channels of the value
     */
    public BatchNorm2d batchNorm(String name, int channels) {
        return declare(new BatchNorm2d(
                qualified(name), channels, BatchNorm2d.DEFAULT_EPSILON, batchNormMomentum, updatedTwice));
    }

    /**
     * {@return a fully connected layer}
     *
     * @param name of the layer in this scope
     * @param in numbers of the input
     * @param out numbers of the output
     */
    public Linear linear(String name, int in, int out) {
        return declare(new Linear(qualified(name), in, out));
    }

    /**
     * {@return a fully connected layer that starts from other values than PyTorch's}
     *
     * @param name of the layer in this scope
     * @param in numbers of the input
     * @param out numbers of the output
     * @param weights what its weights are before training
     * @param bias what its bias is before training
     */
    public Linear linear(String name, int in, int out, Init weights, Init bias) {
        return declare(new Linear(qualified(name), in, out, weights, bias));
    }

    private String qualified(String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    private <L extends Layer> L declare(L layer) {
        if (!names.add(layer.name())) {
            throw new IllegalArgumentException("layer '" + layer.name() + "' is declared twice");
        }
        layers.add(layer);
        return layer;
    }
}
