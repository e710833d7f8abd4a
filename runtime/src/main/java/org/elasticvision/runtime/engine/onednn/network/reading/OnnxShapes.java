package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Arrays;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;
import org.elasticvision.runtime.onnx.OnnxNode;

/** Kernels, strides and sizes as nodes give them. Stateless. */
final class OnnxShapes {
    /** No image, kernel or padding is larger. */
    static final int MOST = 1 << 16;

    /** A buffer of floats holds no more: 2 GB. */
    static final long MOST_ELEMENTS = Integer.MAX_VALUE / Float.BYTES;

    private OnnxShapes() {}

    static Window window(OnnxNode node, long... kernel) {
        String automatic = node.text("auto_pad", "NOTSET");
        if (!automatic.equals("NOTSET") && !automatic.equals("VALID")) {
            throw node.refusal("pads by " + automatic + ", which is not done here");
        }
        long[] strides = pair(node, "strides", 1);
        long[] dilations = pair(node, "dilations", 1);
        long[] pads = node.numbers("pads", 0, 0, 0, 0);
        if (kernel.length != 2 || pads.length != 4) {
            throw node.refusal("is not for images");
        }
        for (int i = 0; i < 2; i++) {
            size(node, (size(node, kernel[i], 1) - 1L) * size(node, dilations[i], 1) + 1, 1);
        }
        return new Window(
                size(node, kernel[0], 1),
                size(node, kernel[1], 1),
                size(node, strides[0], 1),
                size(node, strides[1], 1),
                size(node, dilations[0], 1),
                size(node, dilations[1], 1),
                size(node, pads[0], 0),
                size(node, pads[1], 0),
                size(node, pads[2], 0),
                size(node, pads[3], 0));
    }

    private static long[] pair(OnnxNode node, String attribute, long usual) {
        long[] values = node.numbers(attribute, usual, usual);
        if (values.length != 2) {
            throw node.refusal("is not for images");
        }
        return values;
    }

    static int size(OnnxNode node, long size, int least) {
        if (size < least || size > MOST) {
            throw node.refusal("has a size of " + size);
        }
        return (int) size;
    }

    static long elements(OnnxNode node, long... shape) {
        long elements = 1;
        for (long length : shape) {
            if (length < 0 || length > MOST_ELEMENTS || elements * length > MOST_ELEMENTS) {
                throw node.refusal("has the shape " + Arrays.toString(shape));
            }
            elements *= length;
        }
        return elements;
    }

    /** {@return the shape of a window's result} */
    static int[] result(OnnxNode node, Value input, int channels, Window window) {
        if (input.isVector()) {
            throw node.refusal("is given a vector, not an image");
        }
        int height = window.height(input.height());
        int width = window.width(input.width());
        if (height < 1 || width < 1) {
            throw node.refusal("is given an image smaller than its kernel");
        }
        return new int[] {channels, height, width};
    }
}
