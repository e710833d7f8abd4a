package org.elasticvision.runtime.engine.onednn.network;

import java.util.ArrayList;
import java.util.List;

/** One step of a network. Immutable. */
public sealed interface Step {
    /** {@return what it needs, in the order of its operator; one may come twice} */
    List<Value> inputs();

    /** {@return what it makes} */
    Value output();

    /**
     * A convolution, with what is added to its result.
     *
     * @param groups of channels
     * @param bias one per output channel; null for none
     * @param added values of the output's shape
     * @param activation after the additions
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
    record Convolution(
            Value input,
            Weights weights,
            float[] bias,
            Window window,
            int groups,
            List<Value> added,
            Activation activation,
            Value output)
            implements Step {
        public Convolution {
            added = List.copyOf(added);
        }

        @Override
        public List<Value> inputs() {
            List<Value> all = new ArrayList<>(List.of(input));
            all.addAll(added);
            return all;
        }

        Convolution with(List<Value> values, Activation last, Value result) {
            return new Convolution(input, weights, bias, window, groups, values, last, result);
        }

        Convolution with(Weights other, float[] otherBias, Value result) {
            return new Convolution(input, other, otherBias, window, groups, added, activation, result);
        }
    }

    /**
     * A transposed convolution of each channel for itself.
     *
     * @param weights {@code [channels, 1, height, width]}
     * @param bias one per channel; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
    record Deconvolution(Value input, Weights weights, float[] bias, Window window, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /**
     * A matrix product with each image's channels.
     *
     * @param weights {@code [outputs, inputs]}
     * @param bias one per output; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
    record FullyConnected(Value input, Weights weights, float[] bias, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** What a pooling takes of its window. */
    enum PoolingKind {
        MAXIMUM,
        /** Of the pixels inside the image. */
        AVERAGE,
        /** Padding counts as zeros. */
        AVERAGE_WITH_PADDING
    }

    /** A pooling. */
    record Pooling(Value input, PoolingKind kind, Window window, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** Bilinear interpolation between the centres of pixels. */
    record Resizing(Value input, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** Bilinear interpolation between the centres of corner pixels, which stay where they are (align_corners, to ONNX). */
    record CornerResizing(Value input, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** Channels of images of one pixel as a vector. */
    record Flattening(Value input, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** The upper left part of an image. */
    record Cropping(Value input, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** The same numbers, quantized otherwise, or not. */
    record Converting(Value input, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** Channels of several values, one after the other. */
    record Concatenation(List<Value> inputs, Value output) implements Step {
        public Concatenation {
            inputs = List.copyOf(inputs);
        }
    }

    /** What is done to two values. */
    enum ArithmeticKind {
        ADD,
        MULTIPLY
    }

    /**
     * A sum or product, element by element.
     *
     * @param right of the output's shape, or of height and width 1: then it is for all pixels
     */
    record Arithmetic(Value left, Value right, ArithmeticKind kind, Activation activation, Value output)
            implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(left, right);
        }

        Arithmetic with(Activation last, Value result) {
            return new Arithmetic(left, right, kind, last, result);
        }
    }

    /**
     * Each channel times a number, plus a number.
     *
     * @param scale one per channel
     * @param shift one per channel
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
    record Normalization(Value input, float[] scale, float[] shift, Activation activation, Value output)
            implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }

        Normalization with(Activation last, Value result) {
            return new Normalization(input, scale, shift, last, result);
        }
    }

    /** The logarithm of the softmax over channels, for each pixel. */
    record LogSoftmax(Value input, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }

    /** An activation behind a step that cannot do it itself. */
    record Activating(Value input, Activation activation, Value output) implements Step {
        @Override
        public List<Value> inputs() {
            return List.of(input);
        }
    }
}
