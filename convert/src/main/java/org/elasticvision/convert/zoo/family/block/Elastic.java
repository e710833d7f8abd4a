package org.elasticvision.convert.zoo.family.block;

import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;
import org.elasticvision.convert.zoo.ops.Shape;

/** The two halves of the Elastic operation (paper, section 3): half the resolution for one branch, and back. */
public final class Elastic {
    private Elastic() {}

    /** Halves height and width by averaging; an odd last row or column counts as if it stood there twice. */
    public static <T> T down(LayerOps<T> ops, T x) {
        Shape shape = ops.shape(x);
        int bottom = shape.height() % 2;
        int right = shape.width() % 2;
        T even = bottom + right > 0 ? ops.padReplicate(x, bottom, right) : x;
        // The published blocks of ResNeXt and DLA call the pooling as a module.
        return ops.avgPool2d(even, Pool2d.of(2));
    }

    /** Doubles height and width, and cuts what {@link #down} had added. */
    public static <T> T up(LayerOps<T> ops, T x, Shape target) {
        T doubled = ops.upsample2x(x);
        Shape shape = ops.shape(doubled);
        return shape.height() > target.height() || shape.width() > target.width()
                ? ops.crop(doubled, target.height(), target.width())
                : doubled;
    }
}
