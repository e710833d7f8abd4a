package org.elasticvision.convert.zoo.family.resnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.family.block.Projection;
import org.elasticvision.convert.zoo.family.block.ResidualNetwork;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** A residual block: torchvision's {@code Bottleneck}, or its {@code BasicBlock}. */
final class ResNetBlock {
    /** A convolution and its normalisation. */
    private record Step(Conv2d conv, BatchNorm2d norm) {}

    private final String name;
    private final int outChannels;
    private final List<Step> steps = new ArrayList<>();
    private final Optional<Projection> downsample;

    ResNetBlock(LayerScope scope, int in, int planes, int stride, int dilation, boolean bottleneck) {
        name = scope.name();
        outChannels = bottleneck ? planes * ResidualNetwork.EXPANSION : planes;
        if (bottleneck) {
            add(scope, scope.conv1x1("conv1", in, planes));
            add(scope, scope.conv3x3("conv2", planes, planes, stride, dilation, 1));
            add(scope, scope.conv1x1("conv3", planes, outChannels));
        } else {
            add(scope, scope.conv3x3("conv1", in, planes, stride, dilation, 1));
            add(scope, scope.conv3x3("conv2", planes, planes, 1, dilation, 1));
        }
        downsample = stride > 1 || in != outChannels
                ? Optional.of(new Projection(scope.child("downsample"), in, outChannels, stride))
                : Optional.empty();
    }

    private void add(LayerScope scope, Conv2d conv) {
        steps.add(new Step(conv, scope.batchNorm("bn" + (steps.size() + 1), conv.outChannels())));
    }

    int outChannels() {
        return outChannels;
    }

    <T> T forward(LayerOps<T> ops, T input) {
        return ops.block(name, input, x -> {
            T out = x;
            for (int i = 0; i < steps.size(); i++) {
                out = ops.batchNorm(steps.get(i).norm(), ops.conv2d(steps.get(i).conv(), i == 0 ? out : ops.relu(out)));
            }
            T shortcut =
                    downsample.map(projection -> projection.forward(ops, x)).orElse(x);
            return ops.relu(ops.add(out, shortcut));
        });
    }
}
