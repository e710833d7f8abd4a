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

    /** {@return a kernel that sees one pixel at a time} */
    public static Window ofPixels() {
        return new Window(1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
    }

    /** {@return the same with more padding} */
    public Window withPadding(int moreTop, int moreLeft, int moreBottom, int moreRight) {
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

    /** {@return whether it stands on more than the image} */
    public boolean hasPadding() {
        return top + left + bottom + right > 0;
    }

    /**
     * {@return whether a kernel may see padding alone, or moves by more than its size over a padded image} Kernels of oneDNN 3.11 for
     * convolutions read and write outside of their memory then, at some sizes.
     */
    public boolean leavesImage(int inputHeight, int inputWidth) {
        return leavesImage(inputHeight, top, bottom, kernelHeight, strideHeight, dilationHeight)
                || leavesImage(inputWidth, left, right, kernelWidth, strideWidth, dilationWidth);
    }

    private static boolean leavesImage(int input, int before, int after, int kernel, int stride, int dilation) {
        int extent = (kernel - 1) * dilation + 1;
        if (before + after == 0) {
            return false;
        }
        if (Math.max(before, after) >= extent || stride > extent) {
            return true;
        }
        // Now each kernel reaches over the image, but its dilation may skip all of it.
        for (int start = -before; start < 0 && start + extent <= input + after; start += stride) {
            if (Math.floorMod(start, dilation) >= input) {
                return true;
            }
        }
        return false;
    }

    /** {@return how many rows it gives} */
    public int height(int input) {
        return size(input + top + bottom, kernelHeight, strideHeight, dilationHeight);
    }

    /** {@return how many columns it gives} */
    public int width(int input) {
        return size(input + left + right, kernelWidth, strideWidth, dilationWidth);
    }

    /** {@return the same where a last window that is not whole but begins inside counts too: as with padding, of which a maximum takes nothing} */
    public Window roundedUp(int inputHeight, int inputWidth) {
        return withPadding(
                0,
                0,
                missing(inputHeight + top, bottom, kernelHeight, strideHeight, dilationHeight),
                missing(inputWidth + left, right, kernelWidth, strideWidth, dilationWidth));
    }

    /** {@return the height of which a convolution with this window makes so many rows: what a transposed one makes} */
    public long heightBefore(int rows) {
        return before(rows, strideHeight, kernelHeight, dilationHeight) - top - bottom;
    }

    /** {@return likewise the width} */
    public long widthBefore(int columns) {
        return before(columns, strideWidth, kernelWidth, dilationWidth) - left - right;
    }

    private static long before(int size, int stride, int kernel, int dilation) {
        return (size - 1L) * stride + (kernel - 1L) * dilation + 1;
    }

    private static int missing(int input, int after, int kernel, int stride, int dilation) {
        int rest = input + after - ((kernel - 1) * dilation + 1);
        int more = rest < 0 || rest % stride == 0 ? 0 : stride - rest % stride;
        boolean beginsInside = rest + more < input;
        return beginsInside ? more : 0;
    }

    private static int size(int padded, int kernel, int stride, int dilation) {
        return Math.floorDiv(padded - (kernel - 1) * dilation - 1, stride) + 1;
    }
}
