package org.elasticvision.convert.zoo;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Linear;

/**
 * The operations that networks are made of, over values of type {@code T}: one implementation per thing that a network can
 * become.
 *
 * @param <T> a batch of activations in NCHW, whatever the interpreter takes that to be; values are not changed in place
 */
public interface LayerOps<T> {
    /** Channels, height and width of a value: all networks know them while they are interpreted. */
    Shape shape(T x);

    T conv2d(Conv2d layer, T x);

    T convTranspose2d(ConvTranspose2d layer, T x);

    T batchNorm(BatchNorm2d layer, T x);

    /** A fully connected layer on a {@linkplain #flatten flat} value. */
    T linear(Linear layer, T x);

    T relu(T x);

    T sigmoid(T x);

    /** Log-softmax over the channels. */
    T logSoftmax(T x);

    T maxPool2d(T x, Pool2d pool);

    /** The average of a window; only windows that lie inside count. */
    T avgPool2d(T x, Pool2d pool);

    /** The average of each channel: height and width become 1. */
    T globalAvgPool2d(T x);

    /** NCHW to N×(C·H·W). */
    T flatten(T x);

    /** The sum of two values of the same shape. */
    T add(T a, T b);

    /** Every channel times its own factor, {@code scale} of height and width 1. */
    T scaleChannels(T x, T scale);

    /** Along the channels. */
    T concat(List<T> parts);

    /** Repeats the last row and column. */
    T padReplicate(T x, int bottom, int right);

    /** The top left part. */
    T crop(T x, int height, int width);

    /** Twice the size, bilinear between pixel centres (PyTorch's {@code align_corners=False}). */
    T upsample2x(T x);

    /** To a size, bilinear with the corner pixels kept in the corners (PyTorch's {@code align_corners=True}). */
    T resizeAlignCorners(T x, int height, int width);

    /**
     * Runs a named part of the network. The name goes before the names of what it computes.
     */
    default T part(String name, Supplier<T> body) {
        return body.get();
    }

    /**
     * Runs a {@linkplain #part part} that depends on its inputs and its own layers only, so that an interpreter may run it
     * again instead of keeping what it computed in between.
     *
     * @param body from the inputs, or values that stand for them, to the output
     */
    default T block(String name, List<T> inputs, Function<List<T>, T> body) {
        return part(name, () -> body.apply(inputs));
    }

    /** A {@link #block(String, List, Function) block} of one input. */
    default T block(String name, T input, UnaryOperator<T> body) {
        return block(name, List.of(input), inputs -> body.apply(inputs.get(0)));
    }

    /**
     * Runs operations that the published code calls as functions. Its FLOP counter hooks modules and does not see these, so
     * neither does ours.
     */
    default T uncounted(Supplier<T> body) {
        return body.get();
    }
}
