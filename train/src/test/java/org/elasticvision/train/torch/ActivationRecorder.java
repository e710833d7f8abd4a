package org.elasticvision.train.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * Runs a network in LibTorch and notes, by the names of its layers, the mean of what leaves each convolution (after the BatchNorm and ReLU that
 * directly follow), and what the last pooling takes.
 */
final class ActivationRecorder implements LayerOps<Tensor> {
    private final TorchOps ops;
    private final Map<String, Double> means = new HashMap<>();
    private double[] pooled = new double[0];
    private String pending = "";
    private int enlarged;

    ActivationRecorder(TorchOps ops) {
        this.ops = ops;
    }

    double mean(String convolution) {
        return means.get(convolution);
    }

    /** {@code [channels, height, width]} */
    double[] pooled() {
        return pooled;
    }

    /** How many low branches were brought back to the resolution of their block. */
    int enlarged() {
        return enlarged;
    }

    private Tensor ends(Tensor result) {
        pending = "";
        return result;
    }

    private Tensor noted(Tensor result) {
        if (!pending.isEmpty()) {
            try (Tensor mean = result.mean()) {
                means.put(pending, mean.item_double());
            }
        }
        return result;
    }

    @Override
    public Shape shape(Tensor x) {
        return ops.shape(x);
    }

    @Override
    public Tensor conv2d(Conv2d layer, Tensor x) {
        pending = layer.name();
        return noted(ops.conv2d(layer, x));
    }

    @Override
    public Tensor batchNorm(BatchNorm2d layer, Tensor x) {
        return noted(ops.batchNorm(layer, x));
    }

    @Override
    public Tensor relu(Tensor x) {
        return ends(noted(ops.relu(x)));
    }

    @Override
    public Tensor convTranspose2d(ConvTranspose2d layer, Tensor x) {
        return ends(ops.convTranspose2d(layer, x));
    }

    @Override
    public Tensor linear(Linear layer, Tensor x) {
        return ends(ops.linear(layer, x));
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return ends(ops.sigmoid(x));
    }

    @Override
    public Tensor logSoftmax(Tensor x) {
        return ends(ops.logSoftmax(x));
    }

    @Override
    public Tensor maxPool2d(Tensor x, Pool2d pool) {
        return ends(ops.maxPool2d(x, pool));
    }

    @Override
    public Tensor avgPool2d(Tensor x, Pool2d pool) {
        pooled = Tensors.toDoubles(x);
        return ends(ops.avgPool2d(x, pool));
    }

    @Override
    public Tensor globalAvgPool2d(Tensor x) {
        pooled = Tensors.toDoubles(x);
        return ends(ops.globalAvgPool2d(x));
    }

    @Override
    public Tensor flatten(Tensor x) {
        return ends(ops.flatten(x));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return ends(ops.add(a, b));
    }

    @Override
    public Tensor scaleChannels(Tensor x, Tensor scale) {
        return ends(ops.scaleChannels(x, scale));
    }

    @Override
    public Tensor concat(List<Tensor> parts) {
        return ends(ops.concat(parts));
    }

    @Override
    public Tensor padReplicate(Tensor x, int bottom, int right) {
        return ends(ops.padReplicate(x, bottom, right));
    }

    @Override
    public Tensor crop(Tensor x, int height, int width) {
        return ends(ops.crop(x, height, width));
    }

    @Override
    public Tensor upsample2x(Tensor x) {
        enlarged++;
        return ends(ops.upsample2x(x));
    }

    @Override
    public Tensor resizeAlignCorners(Tensor x, int height, int width) {
        return ends(ops.resizeAlignCorners(x, height, width));
    }
}
