package org.elasticvision.runtime.engine;

import java.util.List;
import java.util.Map;

/** Networks so small that their answers can be worked out by hand. */
public final class TinyNetworks {
    private TinyNetworks() {}

    /**
     * Averages each channel over the image and answers a linear function of the three averages.
     *
     * @param weights row per class, three columns (R, G, B)
     * @param bias one per class
     */
    public static OnnxFile classifier(int batch, int height, int width, float[][] weights, float[] bias) {
        int classes = weights.length;
        return new OnnxFile()
                .input("image", batch, 3, height, width)
                .output("logits", batch, classes)
                .weights("weight", flat(weights), classes, 3)
                .weights("bias", bias, classes)
                .node("GlobalAveragePool", List.of("image"), "pooled", Map.of())
                .node("Flatten", List.of("pooled"), "means", Map.of())
                .node("Gemm", List.of("means", "weight", "bias"), "logits", Map.of("transB", 1));
    }

    /** Answers, for each pixel, a linear function of its three channels: a 1x1 convolution. */
    public static OnnxFile segmenter(int batch, int height, int width, float[][] weights, float[] bias) {
        int classes = weights.length;
        return new OnnxFile()
                .input("image", batch, 3, height, width)
                .output("logits", batch, classes, height, width)
                .weights("weight", flat(weights), classes, 3, 1, 1)
                .weights("bias", bias, classes)
                .node("Conv", List.of("image", "weight", "bias"), "logits", Map.of());
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * 3];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * 3, 3);
        }
        return flat;
    }
}
