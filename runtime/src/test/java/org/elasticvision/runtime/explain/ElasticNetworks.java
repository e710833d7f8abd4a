package org.elasticvision.runtime.explain;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.text;

/**
 * A network of one Elastic block that can be worked out by hand: both 3×3 convolutions only look at the middle pixel; the high one gives {@value
 * #HIGH} times the red channel, the low one {@value #LOW} times. Features are what the ReLU after the sum gives, one channel; class i has the
 * weight i + 1 and the bias -1.
 */
public final class ElasticNetworks {
    static final float HIGH = 2;
    static final float LOW = 3;
    static final int SIDE = 4;

    private ElasticNetworks() {}

    /** Such a network without an end: nodes that give {@code features} of one channel. */
    static OnnxFile block(int batch) {
        return new OnnxFile()
                .input("image", batch, 3, SIDE, SIDE)
                .tensor(floats("wh", middle(HIGH), 1, 3, 3, 3))
                .tensor(floats("wl", middle(LOW), 1, 3, 3, 3))
                .tensor(floats("scales", new float[] {1, 1, 2, 2}, 4))
                .node(node("Conv", "image wh", "stage.0.conv2", numbers("pads", 1, 1, 1, 1)))
                .node(node("Relu", "stage.0.conv2", "high"))
                .node(node("AveragePool", "image", "half", numbers("kernel_shape", 2, 2), numbers("strides", 2, 2)))
                .node(node("Conv", "half wl", "stage.0.conv2_d", numbers("pads", 1, 1, 1, 1)))
                .node(node("Relu", "stage.0.conv2_d", "low"))
                .node(node(
                        "Resize",
                        "low - scales",
                        "enlarged",
                        text("mode", "linear"),
                        text("coordinate_transformation_mode", "half_pixel")))
                .node(node("Add", "high enlarged", "sum"))
                .node(node("Relu", "sum", "features"));
    }

    /** A classifier or a network for label sets of the three classes of {@link TestModels}. */
    public static Path classifier(Path file, Task task, int batch) {
        OnnxFile network = block(batch)
                .output("logits", batch, 3)
                .tensor(floats("weight", new float[] {1, 2, 3}, 3, 1))
                .tensor(floats("bias", new float[] {-1, -1, -1}, 3))
                .node(node("GlobalAveragePool", "features", "pooled"))
                .node(node("Flatten", "pooled", "flat"))
                .node(node("Gemm", "flat weight bias", "logits", number("transB", 1)));
        Preprocessing preprocessing = task == Task.MULTI_LABEL
                ? TestModels.fit(Preprocessing.Fit.STRETCH, SIDE, SIDE)
                : TestModels.cropTo(SIDE);
        return TestModels.write(file, task, network, preprocessing);
    }

    /** A segmentation network of the three classes, whose logits are 0, 1 and 2 times the feature. */
    static Path segmenter(Path file) {
        OnnxFile network = block(1).output("logits", 1, 3, SIDE, SIDE)
                .tensor(floats("weight", new float[] {0, 1, 2}, 3, 1, 1, 1))
                .node(node("Conv", "features weight", "logits"));
        return TestModels.write(file, Task.SEGMENTATION, network, TestModels.fit(Preprocessing.Fit.PAD, SIDE, SIDE));
    }

    static ModelInfo info(List<Label> labels) {
        ModelInfo info = TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(SIDE));
        return new ModelInfo(
                info.architecture(),
                info.task(),
                labels,
                info.preprocessing(),
                info.precision(),
                info.checkpointSha256(),
                info.toolVersion());
    }

    /** A 3×3 kernel over three channels that takes one number of red, from the middle. */
    static float[] middle(float weight) {
        float[] kernel = new float[27];
        kernel[4] = weight;
        return kernel;
    }
}
