package org.elasticvision.runtime;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Preprocessing.Fit;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;

/**
 * Models whose logits are {@code 10 · (share of red, green, blue) - 1} per class: an image's (or a pixel's) colour is its
 * class.
 */
public final class TestModels {
    public static final List<Label> COLORS =
            List.of(new Label("n1", "red"), new Label("n2", "green"), new Label("n3", "blue"));

    private static final float[][] WEIGHTS = {{10, 0, 0}, {0, 10, 0}, {0, 0, 10}};
    private static final float[] BIAS = {-1, -1, -1};

    private TestModels() {}

    public static Path classifier(Path folder, int batch) {
        return write(folder.resolve("classifier.onnx"), Task.CLASSIFICATION, classification(batch, 4), cropTo(4));
    }

    public static Path multiLabel(Path folder, int batch) {
        return write(
                folder.resolve("multilabel.onnx"), Task.MULTI_LABEL, classification(batch, 4), fit(Fit.STRETCH, 4, 4));
    }

    /** Input and output are 6 pixels high and 8 wide. */
    public static Path segmenter(Path folder, int batch) {
        return segmenter(folder, batch, View.UNSTATED);
    }

    /** The same with a view of photos. */
    public static Path segmenter(Path folder, int batch, View view) {
        return write(
                folder.resolve("segmenter.onnx"),
                Task.SEGMENTATION,
                TinyNetworks.segmenter(batch, 6, 8, WEIGHTS, BIAS),
                fit(Fit.PAD, 6, 8).withView(view));
    }

    /** Of the size that the preprocessing says. */
    public static Path segmenter(Path file, Preprocessing preprocessing) {
        OnnxFile network = TinyNetworks.segmenter(1, preprocessing.height(), preprocessing.width(), WEIGHTS, BIAS);
        return write(file, Task.SEGMENTATION, network, preprocessing);
    }

    public static Path write(Path file, Task task, OnnxFile network, Preprocessing preprocessing) {
        return write(file, info(task, preprocessing), network);
    }

    public static Path write(Path file, ModelInfo info, OnnxFile network) {
        return network.metadata(info.toMetadata()).write(file);
    }

    public static ModelInfo info(Task task, Preprocessing preprocessing) {
        return new ModelInfo("colors", task, COLORS, preprocessing, "fp32", "ab".repeat(32), "1.2.3");
    }

    public static OnnxFile classification(int batch, int side) {
        return TinyNetworks.classifier(batch, side, side, WEIGHTS, BIAS);
    }

    public static Preprocessing cropTo(int side) {
        return new Preprocessing(
                Fit.RESIZE_AND_CROP,
                side,
                side,
                side,
                Interpolation.BILINEAR,
                List.of(0f, 0f, 0f),
                List.of(1f, 1f, 1f));
    }

    public static Preprocessing fit(Fit fit, int height, int width) {
        return new Preprocessing(
                fit, 0, height, width, Interpolation.NEAREST, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    }

    /** An image of one colour, {@code 0xRRGGBB}. */
    public static BufferedImage plain(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }
}
