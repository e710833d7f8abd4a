package org.elasticvision.runtime.engine.onednn.network.reading;

import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;

/** An image with pixels added, which only what comes next can make use of. */
record Padding(Value image, int top, int left, int bottom, int right, String mode) {
    boolean isOfZeros() {
        return mode.equals("constant");
    }

    /** {@return whether edge pixels were repeated} */
    boolean repeatsEdge() {
        return mode.equals("edge");
    }

    /** {@return the same window, that does the padding too} */
    Window in(Window window) {
        return window.withPadding(top, left, bottom, right);
    }

    /** A repeated edge pixel beside the edge pixel itself: their mean is the mean of what is inside. */
    boolean isMeanOfInside(Window window) {
        return !window.hasPadding()
                && window.kernelHeight() == 2
                && window.kernelWidth() == 2
                && window.dilationHeight() == 1
                && window.dilationWidth() == 1
                && Math.max(Math.max(top, left), Math.max(bottom, right)) <= 1;
    }
}
