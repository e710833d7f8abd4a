package org.elasticvision.convert.onnx;

import org.elasticvision.runtime.base.ElasticVisionException;

/** A version of the ONNX operator set that graphs can be written in. */
public record Opset(int version) {
    /** What a model is written in unless told otherwise: the first with a Resize to a size that leaves the batch alone. */
    public static final Opset DEFAULT = new Opset(18);

    /** What other programs read: the oldest that our graphs can be written in. */
    public static final Opset COMPATIBLE = new Opset(13);

    private static final int MIN = 13;
    private static final int MAX = 21;

    public Opset {
        if (version < MIN || version > MAX) {
            throw new ElasticVisionException("opset " + version + " must be between " + MIN + " and " + MAX);
        }
    }

    /**
     * Parses a version number.
     *
     * @param text what was typed
     * @return the operator set
     */
    public static Opset parse(String text) {
        try {
            return new Opset(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new ElasticVisionException("opset '" + text + "' must be a number between " + MIN + " and " + MAX);
        }
    }

    /** The version of the file format that came with this operator set. */
    int irVersion() {
        if (version <= 14) {
            return 7;
        }
        if (version <= 18) {
            return 8;
        }
        return version <= 20 ? 9 : 10;
    }

    /** Whether Resize can name the axes that it resizes. */
    boolean resizeHasAxes() {
        return version >= 18;
    }
}
