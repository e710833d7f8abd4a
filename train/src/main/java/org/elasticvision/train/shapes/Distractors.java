package org.elasticvision.train.shapes;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Path2D;
import java.util.Random;

/** Things in a picture that are of no class: lines, curves, zigzags and crumpled scraps. */
final class Distractors {
    private static final int MOST = 3;

    private final Random random;
    private final int size;

    Distractors(Random random, int size) {
        this.random = random;
        this.size = size;
    }

    void draw(Graphics2D graphics) {
        int count = random.nextInt(MOST + 1);
        for (int i = 0; i < count; i++) {
            graphics.setPaint(Palette.transparent(
                    random.nextBoolean() ? Palette.quiet(random) : Palette.against(Palette.quiet(random), random),
                    150 + random.nextInt(106)));
            graphics.setStroke(new BasicStroke(
                    (float) (size * (0.008 + 0.02 * random.nextDouble())),
                    BasicStroke.CAP_ROUND,
                    BasicStroke.JOIN_ROUND));
            switch (random.nextInt(3)) {
                case 0 -> graphics.draw(curve());
                case 1 -> graphics.draw(zigzag());
                default -> graphics.fill(scrap());
            }
        }
    }

    private CubicCurve2D curve() {
        return new CubicCurve2D.Double(
                anywhere(), anywhere(), anywhere(), anywhere(), anywhere(), anywhere(), anywhere(), anywhere());
    }

    private Path2D zigzag() {
        Path2D path = new Path2D.Double();
        double x = anywhere();
        double y = anywhere();
        double step = size * (0.04 + 0.06 * random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        path.moveTo(x, y);
        int turns = 3 + random.nextInt(4);
        for (int i = 0; i < turns; i++) {
            double turned = angle + (i % 2 == 0 ? 0.8 : -0.8);
            x += step * Math.cos(turned);
            y += step * Math.sin(turned);
            path.lineTo(x, y);
        }
        return path;
    }

    /** A polygon of very uneven corners, too irregular for any class. */
    private Path2D scrap() {
        Path2D path = new Path2D.Double();
        double x = anywhere();
        double y = anywhere();
        int corners = 6 + random.nextInt(3);
        for (int i = 0; i < corners; i++) {
            double radius = size * (i % 3 == 0 ? 0.07 : 0.02) * (0.5 + random.nextDouble());
            double angle = 2 * Math.PI * (i + 0.6 * random.nextDouble()) / corners;
            double cornerX = x + radius * Math.cos(angle);
            double cornerY = y + radius * Math.sin(angle);
            if (i == 0) {
                path.moveTo(cornerX, cornerY);
            } else {
                path.lineTo(cornerX, cornerY);
            }
        }
        path.closePath();
        return path;
    }

    private double anywhere() {
        return size * random.nextDouble();
    }
}
