package org.elasticvision.convert.zoo.family.resnext;

import java.util.Optional;
import org.elasticvision.convert.zoo.family.block.Projection;
import org.elasticvision.convert.zoo.family.block.ResidualNetwork;
import org.elasticvision.convert.zoo.family.block.TwinBranches;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** A residual block: {@link TwinBranches}, optionally squeeze and excitation, and a shortcut. */
final class ResNeXtBlock {
    private final String name;
    private final int outChannels;
    private final TwinBranches body;
    private final Optional<SqueezeExcitation> squeezeExcitation;
    private final Optional<Projection> downsample;

    ResNeXtBlock(
            LayerScope scope,
            int in,
            int planes,
            int stride,
            int dilation,
            boolean project,
            boolean elastic,
            ResNeXt.Variant variant) {
        name = scope.name();
        outChannels = planes * ResidualNetwork.EXPANSION;
        body = new TwinBranches(scope, in, planes, outChannels, variant.size().groups(), stride, dilation, elastic);
        squeezeExcitation = variant.squeezeExcitation()
                ? Optional.of(new SqueezeExcitation(scope.child("selayer"), outChannels))
                : Optional.empty();
        downsample = project
                ? Optional.of(new Projection(scope.child("downsample"), in, outChannels, stride))
                : Optional.empty();
    }

    int outChannels() {
        return outChannels;
    }

    <T> T forward(LayerOps<T> ops, T input) {
        return ops.block(name, input, x -> {
            T out = body.forward(ops, x);
            T weighted = squeezeExcitation.map(se -> se.forward(ops, out)).orElse(out);
            T shortcut =
                    downsample.map(projection -> projection.forward(ops, x)).orElse(x);
            return ops.relu(ops.add(weighted, shortcut));
        });
    }
}
