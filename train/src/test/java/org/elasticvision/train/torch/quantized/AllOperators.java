package org.elasticvision.train.torch.quantized;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;

/** A small network of no use that has every operator of our networks: BatchNorms that cannot be folded, narrow groups, gates, all resizings. */
final class AllOperators implements Network {
    private final LayerScope scope = LayerScope.root();
    private final Conv2d first = scope.conv3x3("first", 3, 8, 1, 1, 1);
    private final BatchNorm2d folded = scope.batchNorm("folded", 8);
    private final BatchNorm2d alone = scope.batchNorm("alone", 8);
    private final Conv2d grouped = scope.conv3x3("grouped", 8, 8, 1, 1, 2);
    private final Conv2d gate = scope.conv1x1WithBias("gate", 8, 8);
    private final ConvTranspose2d larger = scope.upsample("larger", 8, 2);
    private final Conv2d last = scope.conv1x1WithBias("last", 16, 8);
    private final Linear classifier;

    AllOperators(int classes) {
        classifier = scope.linear("classifier", 8, classes);
    }

    @Override
    public List<Layer> layers() {
        return scope.layers();
    }

    @Override
    public Head head() {
        return Head.of("classifier");
    }

    @Override
    public <T> T forward(LayerOps<T> ops, T image) {
        T x = ops.relu(ops.batchNorm(folded, ops.conv2d(first, image)));
        T normal = ops.batchNorm(alone, ops.maxPool2d(x, new Pool2d(3, 2, 1, true)));
        T convolved = ops.upsample2x(ops.relu(ops.conv2d(grouped, ops.avgPool2d(x, Pool2d.of(2)))));
        int side = ops.shape(x).height();
        T padded = ops.padReplicate(
                convolved,
                side - ops.shape(convolved).height(),
                side - ops.shape(convolved).width());
        T gated = ops.scaleChannels(x, ops.sigmoid(ops.conv2d(gate, ops.globalAvgPool2d(padded))));
        T cropped = ops.crop(ops.convTranspose2d(larger, normal), side, side);
        T resized = ops.resizeAlignCorners(normal, side, side);
        T sum = ops.add(gated, ops.add(cropped, padded));
        T mixed = ops.relu(ops.conv2d(last, ops.concat(List.of(sum, resized))));
        return ops.logSoftmax(ops.linear(classifier, ops.flatten(ops.globalAvgPool2d(mixed))));
    }

    /** Random ones, and positive variances. */
    Weights weights() {
        Map<String, TensorSpec> specs =
                tensors().stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
        return name -> {
            TensorSpec spec = specs.get(name);
            float[] values = new float[Math.toIntExact(spec.elementCount())];
            Random random = new Random(name.hashCode());
            for (int i = 0; i < values.length; i++) {
                double value = 0.4 * random.nextGaussian();
                values[i] = (float) (spec.role() == TensorSpec.Role.RUNNING_VAR ? 0.5 + Math.abs(value) : value);
            }
            return values;
        };
    }
}
