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
    private final List<Layer> layers;
    private final Set<String> names;

    private LayerScope(String prefix, double batchNormMomentum, List<Layer> layers, Set<String> names) {
        this.prefix = prefix;
        this.batchNormMomentum = batchNormMomentum;
        this.layers = layers;
        this.names = names;
    }

    /** The scope of a whole network, with an empty prefix. */
    public static LayerScope root() {
        return new LayerScope("", BatchNorm2d.DEFAULT_MOMENTUM, new ArrayList<>(), new HashSet<>());
    }

    /** The scope for a part of the network. */
    public LayerScope child(String name) {
        return new LayerScope(qualified(name), batchNormMomentum, layers, names);
    }

    /** The scope for the part with a number, as in {@code layer1.0}. */
    public LayerScope child(int index) {
        return child(Integer.toString(index));
    }

    /** The same scope, where running statistics move faster or slower than usual in training. */
    public LayerScope withBatchNormMomentum(double momentum) {
        return new LayerScope(prefix, momentum, layers, names);
    }

    /** The dotted prefix, empty for the root. */
    public String name() {
        return prefix;
    }

    /** All layers declared so far. */
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    public Conv2d conv2d(String name, int in, int out, int kernel, int stride, int padding) {
        return declare(new Conv2d(qualified(name), in, out, kernel, stride, padding, 1, 1, false));
    }

    public Conv2d conv1x1(String name, int in, int out) {
        return conv2d(name, in, out, 1, 1, 0);
    }

    public Conv2d conv1x1WithBias(String name, int in, int out) {
        return declare(new Conv2d(qualified(name), in, out, 1, 1, 0, 1, 1, true));
    }

    /** A 3×3 convolution whose padding keeps the size at stride 1. */
    public Conv2d conv3x3(String name, int in, int out, int stride, int dilation, int groups) {
        return declare(new Conv2d(qualified(name), in, out, 3, stride, dilation, dilation, groups, false));
    }

    /** A depthwise transposed convolution that multiplies the size by an even factor, as training finds best. */
    public ConvTranspose2d upsample(String name, int channels, int factor) {
        return declare(new ConvTranspose2d(qualified(name), channels, 2 * factor, factor, factor / 2, true));
    }

    /** The same, bilinear for good. */
    public ConvTranspose2d fixedUpsample(String name, int channels, int factor) {
        return declare(new ConvTranspose2d(qualified(name), channels, 2 * factor, factor, factor / 2, false));
    }

    public BatchNorm2d batchNorm(String name, int channels) {
        return declare(new BatchNorm2d(qualified(name), channels, BatchNorm2d.DEFAULT_EPSILON, batchNormMomentum));
    }

    public Linear linear(String name, int in, int out) {
        return declare(new Linear(qualified(name), in, out));
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
