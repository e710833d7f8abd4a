package org.elasticvision.runtime.engine.onednn.network;

/** Where a kernel stands on an image: sizes in pixels; dilations count from 1. */
public record Window(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        int top,
        int left,
        int bottom,
        int right) {

    Window withPadding(int moreTop, int moreLeft, int moreBottom, int moreRight) {
        return new Window(
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                dilationHeight,
                dilationWidth,
                top + moreTop,
                left + moreLeft,
                bottom + moreBottom,
                right + moreRight);
    }

    boolean hasPadding() {
        return top + left + bottom + right > 0;
    }

    int height(int input) {
        return size(input + top + bottom, kernelHeight, strideHeight, dilationHeight);
    }

    int width(int input) {
        return size(input + left + right, kernelWidth, strideWidth, dilationWidth);
    }

    private static int size(int padded, int kernel, int stride, int dilation) {
        return Math.floorDiv(padded - (kernel - 1) * dilation - 1, stride) + 1;
    }
}
