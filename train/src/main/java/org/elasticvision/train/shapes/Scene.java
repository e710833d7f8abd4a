package org.elasticvision.train.shapes;

import java.util.Comparator;
import java.util.List;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * A drawn picture and all that is true of it.
 *
 * @param picture what a network sees
 * @param mask each pixel's {@link ShapeKind#category()}, 0 for the background, {@link #VOID} where an edge runs through it
 * @param shapes from the back to the front; at least one
 */
record Scene(RgbImage picture, IndexImage mask, List<DrawnShape> shapes) {
    /** Marks pixels of a mask that belong to no class, as in PASCAL VOC. */
    public static final int VOID = 255;

    public Scene {
        shapes = List.copyOf(shapes);
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("a scene needs a shape");
        }
    }

    /** {@return the shape that gives the picture its class: it shows in clearly more pixels than any other} */
    public DrawnShape largest() {
        return shapes.stream().max(Comparator.comparingInt(DrawnShape::area)).orElseThrow();
    }
}
