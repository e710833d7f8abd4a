package org.elasticvision.train.shapes;

import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.EnumMap;
import java.util.Map;

/** What the kinds look like. */
final class Outlines {
    private static final Map<ShapeKind, Path2D> OUTLINES = outlines();

    private Outlines() {}

    /** The outline, which lies within about 0.5 of the origin, put somewhere. */
    static Path2D of(ShapeKind kind, AffineTransform transform) {
        return new Path2D.Double(OUTLINES.get(kind), transform);
    }

    private static Map<ShapeKind, Path2D> outlines() {
        Map<ShapeKind, Path2D> outlines = new EnumMap<>(ShapeKind.class);
        for (ShapeKind kind : ShapeKind.values()) {
            outlines.put(kind, new Path2D.Double(form(kind)));
        }
        return outlines;
    }

    private static Area form(ShapeKind kind) {
        return switch (kind) {
            case CIRCLE -> disc(0, 0, 0.48);
            case CROSS -> cross();
            case HEART -> heart();
            case RING -> without(disc(0, 0, 0.5), disc(0, 0, 0.27));
            case STAR -> polygon(10, 0.55, 0.24);
            case TRIANGLE -> polygon(3, 0.56, 0.56);
        };
    }

    private static Area disc(double x, double y, double radius) {
        return new Area(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private static Area without(Area area, Area part) {
        area.subtract(part);
        return area;
    }

    private static Area cross() {
        Area area = new Area(new Rectangle2D.Double(-0.5, -0.17, 1, 0.34));
        area.add(area.createTransformedArea(AffineTransform.getQuadrantRotateInstance(1)));
        return area;
    }

    private static Area heart() {
        Path2D path = new Path2D.Double();
        path.moveTo(0, 0.5);
        path.curveTo(-0.2, 0.28, -0.52, 0.1, -0.52, -0.18);
        path.curveTo(-0.52, -0.5, -0.1, -0.54, 0, -0.22);
        path.curveTo(0.1, -0.54, 0.52, -0.5, 0.52, -0.18);
        path.curveTo(0.52, 0.1, 0.2, 0.28, 0, 0.5);
        path.closePath();
        return new Area(path);
    }

    /** Corners that lie on two radii in turn, the first at the top. */
    private static Area polygon(int corners, double even, double odd) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners - Math.PI / 2;
            double radius = i % 2 == 0 ? even : odd;
            if (i == 0) {
                path.moveTo(radius * Math.cos(angle), radius * Math.sin(angle));
            } else {
                path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
            }
        }
        path.closePath();
        return new Area(path);
    }
}
