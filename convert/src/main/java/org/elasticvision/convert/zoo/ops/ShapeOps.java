package org.elasticvision.convert.zoo.ops;

import java.util.List;
import java.util.function.Supplier;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Linear;

/**
 * Interprets a network as shapes and counts floating-point operations the way the published code does
 * ({@code utils.py}, {@code add_flops_counting_methods}): a multiply-add is one, a BatchNorm two per element, a ReLU or
 * pooling one per input element, a bilinear upsampling eight per output element; concatenations, sums, sigmoids, global
 * pooling and transposed convolutions are free.
 */
public final class ShapeOps implements LayerOps<Shape> {
    private long flops;
    private int uncounted;

    /** {@return the operations counted since this was made, for one image} */
    public long flops() {
        return flops;
    }

    @Override
    public Shape shape(Shape x) {
        return x;
    }

    @Override
    public Shape conv2d(Conv2d layer, Shape x) {
        requireChannels(layer.name(), layer.inChannels(), x);
        Shape out = new Shape(layer.outChannels(), layer.outputSize(x.height()), layer.outputSize(x.width()));
        long perOutput = (long) layer.kernel() * layer.kernel() * layer.inChannels() / layer.groups();
        count(out.elementCount() * (perOutput + (layer.hasBias() ? 1 : 0)));
        return out;
    }

    @Override
    public Shape convTranspose2d(ConvTranspose2d layer, Shape x) {
        requireChannels(layer.name(), layer.channels(), x);
        return x.withSize(layer.outputSize(x.height()), layer.outputSize(x.width()));
    }

    @Override
    public Shape batchNorm(BatchNorm2d layer, Shape x) {
        requireChannels(layer.name(), layer.channels(), x);
        count(2 * x.elementCount());
        return x;
    }

    @Override
    public Shape linear(Linear layer, Shape x) {
        if (x.elementCount() != layer.inFeatures()) {
            throw new IllegalArgumentException(layer.name() + " takes " + layer.inFeatures() + " features, got " + x);
        }
        count((long) layer.inFeatures() * layer.outFeatures());
        return new Shape(layer.outFeatures(), 1, 1);
    }

    @Override
    public Shape relu(Shape x) {
        count(x.elementCount());
        return x;
    }

    @Override
    public Shape sigmoid(Shape x) {
        return x;
    }

    @Override
    public Shape logSoftmax(Shape x) {
        return x;
    }

    @Override
    public Shape maxPool2d(Shape x, Pool2d pool) {
        count(x.elementCount());
        return pooled(x, pool);
    }

    @Override
    public Shape avgPool2d(Shape x, Pool2d pool) {
        count(x.elementCount());
        return pooled(x, pool);
    }

    @Override
    public Shape globalAvgPool2d(Shape x) {
        return x.withSize(1, 1);
    }

    @Override
    public Shape flatten(Shape x) {
        return new Shape(Math.toIntExact(x.elementCount()), 1, 1);
    }

    @Override
    public Shape add(Shape a, Shape b) {
        if (!a.equals(b)) {
            throw new IllegalArgumentException("cannot add " + a + " and " + b);
        }
        return a;
    }

    @Override
    public Shape scaleChannels(Shape x, Shape scale) {
        if (!scale.equals(x.withSize(1, 1))) {
            throw new IllegalArgumentException("cannot scale the channels of " + x + " by " + scale);
        }
        return x;
    }

    @Override
    public Shape concat(List<Shape> parts) {
        Shape first = parts.get(0);
        for (Shape part : parts) {
            if (part.height() != first.height() || part.width() != first.width()) {
                throw new IllegalArgumentException("cannot concatenate " + parts);
            }
        }
        return first.withChannels(parts.stream().mapToInt(Shape::channels).sum());
    }

    @Override
    public Shape padReplicate(Shape x, int bottom, int right) {
        return x.withSize(x.height() + bottom, x.width() + right);
    }

    @Override
    public Shape crop(Shape x, int height, int width) {
        if (height > x.height() || width > x.width()) {
            throw new IllegalArgumentException("cannot crop " + height + "x" + width + " out of " + x);
        }
        return x.withSize(height, width);
    }

    @Override
    public Shape upsample2x(Shape x) {
        Shape out = x.withSize(2 * x.height(), 2 * x.width());
        count(8 * out.elementCount());
        return out;
    }

    @Override
    public Shape resizeAlignCorners(Shape x, int height, int width) {
        return x.withSize(height, width);
    }

    @Override
    public Shape uncounted(Supplier<Shape> body) {
        uncounted++;
        try {
            return body.get();
        } finally {
            uncounted--;
        }
    }

    private void count(long operations) {
        if (uncounted == 0) {
            flops = Math.addExact(flops, operations);
        }
    }

    private static Shape pooled(Shape x, Pool2d pool) {
        return x.withSize(pool.outputSize(x.height()), pool.outputSize(x.width()));
    }

    private static void requireChannels(String layer, int expected, Shape x) {
        if (x.channels() != expected) {
            throw new IllegalArgumentException(layer + " takes " + expected + " channels, got " + x);
        }
    }
}
