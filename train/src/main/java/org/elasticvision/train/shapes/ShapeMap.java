package org.elasticvision.train.shapes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.elasticvision.runtime.image.pixels.IndexImage;

/** Which shape each pixel of a picture shows, while shapes are laid over each other. Not thread-safe. */
final class ShapeMap {
    private static final int NONE = -1;
    /** Of 255: a pixel covered by more than this and less than the rest shows an edge. */
    private static final int EDGE = 60;

    private final int size;
    private final List<ShapeKind> kinds = new ArrayList<>();
    private final List<Integer> footprints = new ArrayList<>();
    private final int[] owner;
    private final BitSet edges;

    ShapeMap(int size) {
        this.size = size;
        owner = new int[size * size];
        Arrays.fill(owner, NONE);
        edges = new BitSet(size * size);
    }

    private ShapeMap(ShapeMap other) {
        size = other.size;
        kinds.addAll(other.kinds);
        footprints.addAll(other.footprints);
        owner = other.owner.clone();
        edges = (BitSet) other.edges.clone();
    }

    /**
     * This map and one more shape on top.
     *
     * @param outline in pixels; parts of it may lie outside of the picture
     */
    ShapeMap with(ShapeKind kind, Path2D outline) {
        ShapeMap result = new ShapeMap(this);
        int top = kinds.size();
        int footprint = 0;
        int[] coverage = coverage(outline);
        for (int i = 0; i < coverage.length; i++) {
            if (coverage[i] >= 128) {
                result.owner[i] = top;
                footprint++;
            }
            if (coverage[i] > EDGE) {
                result.edges.set(i, coverage[i] < 255 - EDGE);
            }
        }
        result.kinds.add(kind);
        result.footprints.add(footprint);
        return result;
    }

    /** The smallest part of a shape inside the picture that is not behind others, 0..1. */
    double leastVisible() {
        double least = 1;
        for (int i = 0; i < kinds.size(); i++) {
            least = Math.min(least, (double) visible(i).cardinality() / Math.max(1, footprints.get(i)));
        }
        return least;
    }

    /** What is seen of each shape, from the back to the front. */
    List<DrawnShape> shapes() {
        List<DrawnShape> shapes = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            shapes.add(DrawnShape.of(kinds.get(i), visible(i), size));
        }
        return shapes;
    }

    /** How many pixels show the shape of that number, counted from the back. */
    int area(int shape) {
        return visible(shape).cardinality();
    }

    /** The most pixels that any shape but the rearmost shows in. */
    int largestButTheFirst() {
        int largest = 0;
        for (int i = 1; i < kinds.size(); i++) {
            largest = Math.max(largest, area(i));
        }
        return largest;
    }

    IndexImage mask() {
        byte[] indices = new byte[owner.length];
        for (int i = 0; i < owner.length; i++) {
            int category = owner[i] == NONE ? 0 : kinds.get(owner[i]).category();
            indices[i] = (byte) (edges.get(i) ? Scene.VOID : category);
        }
        return new IndexImage(size, size, indices);
    }

    private BitSet visible(int shape) {
        BitSet visible = new BitSet(owner.length);
        for (int i = 0; i < owner.length; i++) {
            visible.set(i, owner[i] == shape);
        }
        return visible;
    }

    /** How much of each pixel lies inside of the outline, 0..255. */
    private int[] coverage(Path2D outline) {
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setPaint(Color.WHITE);
        graphics.fill(outline);
        graphics.dispose();
        int[] coverage = picture.getRGB(0, 0, size, size, null, 0, size);
        for (int i = 0; i < coverage.length; i++) {
            coverage[i] >>>= 24;
        }
        return coverage;
    }
}
