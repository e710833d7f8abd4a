package org.elasticvision.convert.zoo.ops;

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
 * <p>An interpreter may put the answer of {@link #relu} and of {@link #add} in the place of their first argument: a network uses
 * that value nowhere else.
 *
 * @param <T> a batch of activations in NCHW, whatever the interpreter takes that to be; other values are not changed in place
 */
public interface LayerOps<T> {
    /**
     * {@return channels, height and width of a value: all networks know them while they are interpreted}
     *
     * @param x the value that goes in
     */
    Shape shape(T x);

    /**
     * {@return the convolution}
     *
     * @param layer its shapes and the names of its weights
     * @param x the value that goes in
     */
    T conv2d(Conv2d layer, T x);

    /**
     * {@return the transposed convolution}
     *
     * @param layer its shapes and the names of its weights
     * @param x the value that goes in
     */
    T convTranspose2d(ConvTranspose2d layer, T x);

    /**
     * {@return the value, normalised channel by channel}
     *
     * @param layer its channels and the names of its weights
     * @param x the value that goes in
     */
    T batchNorm(BatchNorm2d layer, T x);

    /**
     * {@return a fully connected layer on a {@linkplain #flatten flat} value}
     *
     * @param layer its shapes and the names of its weights
     * @param x the value that goes in
     */
    T linear(Linear layer, T x);

    /**
     * {@return the value, or 0 where it is negative}
     *
     * @param x the value that goes in, and is used up
     */
    T relu(T x);

    /**
     * {@return the logistic function of the value}
     *
     * @param x the value that goes in
     */
    T sigmoid(T x);

    /**
     * {@return log-softmax over the channels}
     *
     * @param x the value that goes in
     */
    T logSoftmax(T x);

    /**
     * {@return the largest value of each window}
     *
     * @param x the value that goes in
     * @param pool its window
     */
    T maxPool2d(T x, Pool2d pool);

    /**
     * {@return the average of a window; only windows that lie inside count}
     *
     * @param x the value that goes in
     * @param pool its window
     */
    T avgPool2d(T x, Pool2d pool);

    /**
     * {@return the average of each channel: height and width become 1}
     *
     * @param x the value that goes in
     */
    T globalAvgPool2d(T x);

    /**
     * NCHW to N×(C·H·W).
     *
     * @param x the value that goes in
     * @return the flat value
     */
    T flatten(T x);

    /**
     * {@return the sum of two values of the same shape}
     *
     * @param a one value, used up
     * @param b the other value
     */
    T add(T a, T b);

    /**
     * {@return every channel times its own factor, {@code scale} of height and width 1}
     *
     * @param x the value that goes in
     * @param scale one factor for each channel
     */
    T scaleChannels(T x, T scale);

    /**
     * Along the channels.
     *
     * @param parts in order
     * @return all channels
     */
    T concat(List<T> parts);

    /**
     * Repeats the last row and column.
     *
     * @param x the value that goes in
     * @param bottom how many rows to add
     * @param right how many columns to add
     * @return the larger value
     */
    T padReplicate(T x, int bottom, int right);

    /**
     * {@return the top left part}
     *
     * @param x the value that goes in
     * @param height in pixels
     * @param width in pixels
     */
    T crop(T x, int height, int width);

    /**
     * Twice the size, bilinear between pixel centres (PyTorch's {@code align_corners=False}).
     *
     * @param x the value that goes in
     * @return the larger value
     */
    T upsample2x(T x);

    /**
     * To a size, bilinear with the corner pixels kept in the corners (PyTorch's {@code align_corners=True}).
     *
     * @param x the value that goes in
     * @param height in pixels
     * @param width in pixels
     * @return the resized value
     */
    T resizeAlignCorners(T x, int height, int width);

    /**
     * Runs a named part of the network. The name goes before the names of what it computes.
     *
     * @param name goes before the names of the layers in it
     * @param body the part
     * @return what the part gives
     */
    default T part(String name, Supplier<T> body) {
        return body.get();
    }

    /**
     * Runs a {@linkplain #part part} that depends on its inputs and its own layers only, so that an interpreter may run it
     * again instead of keeping what it computed in between.
     *
     * @param name goes before the names of the layers in it
     * @param inputs the values that go in
     * @param body from the inputs, or values that stand for them, to the output
     * @return what the block gives
     */
    default T block(String name, List<T> inputs, Function<List<T>, T> body) {
        return part(name, () -> body.apply(inputs));
    }

    /**
     * {@return a {@link #block(String, List, Function) block} of one input}
     *
     * @param name goes before the names of the layers in it
     * @param input the value that goes in
     * @param body the block
     */
    default T block(String name, T input, UnaryOperator<T> body) {
        return block(name, List.of(input), inputs -> body.apply(inputs.get(0)));
    }

    /**
     * Runs operations that the published code calls as functions. Its FLOP counter hooks modules and does not see these, so
     * neither does ours.
     *
     * @param body the part
     * @return what they give
     */
    default T uncounted(Supplier<T> body) {
        return body.get();
    }
}
