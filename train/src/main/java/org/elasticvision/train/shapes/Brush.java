package org.elasticvision.train.shapes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Paints a shape: plain, shaded, striped or chequered, often with a rim and a shadow. */
final class Brush {
    private static final int TILE = 8;

    private final Random random;

    Brush(Random random) {
        this.random = random;
    }

    /**
     * Paints a shape; nothing but its shadow lies outside of its outline.
     *
     * @param behind what it must stand out from
     */
    void paint(Graphics2D graphics, Path2D shape, Color behind) {
        Rectangle2D box = shape.getBounds2D();
        double size = Math.max(box.getWidth(), box.getHeight());
        Color color = Palette.against(behind, random);
        if (random.nextBoolean()) {
            double offset = 0.5 + 0.03 * size;
            graphics.setPaint(new Color(0, 0, 0, 70));
            graphics.fill(shape.createTransformedShape(AffineTransform.getTranslateInstance(offset, 1.3 * offset)));
        }
        graphics.setPaint(fill(color, box));
        graphics.fill(shape);
        if (random.nextInt(3) == 0 && size > 14) {
            Area rim = new Area(new BasicStroke((float) (size * 0.1)).createStrokedShape(shape));
            rim.intersect(new Area(shape));
            graphics.setPaint(Palette.shade(color, random.nextBoolean() ? -0.45 : 0.45));
            graphics.fill(rim);
        }
    }

    private Paint fill(Color color, Rectangle2D box) {
        double change = (random.nextBoolean() ? 1 : -1) * (0.25 + 0.2 * random.nextDouble());
        Color other = Palette.shade(color, change);
        return switch (random.nextInt(12)) {
            case 0 -> color;
            case 1 -> texture(color, other, box, true);
            case 2 -> texture(color, other, box, false);
            default ->
                new GradientPaint(
                        (float) box.getMinX(),
                        (float) box.getMinY(),
                        color,
                        (float) box.getMaxX(),
                        (float) box.getMaxY(),
                        other);
        };
    }

    private Paint texture(Color color, Color other, Rectangle2D box, boolean stripes) {
        BufferedImage tile = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < TILE; y++) {
            for (int x = 0; x < TILE; x++) {
                boolean first = stripes ? (x + y) % TILE < TILE / 2 : x < TILE / 2 == y < TILE / 2;
                tile.setRGB(x, y, (first ? color : other).getRGB());
            }
        }
        double size = Math.max(3, Math.max(box.getWidth(), box.getHeight()) * (0.15 + 0.15 * random.nextDouble()));
        return new TexturePaint(tile, new Rectangle2D.Double(box.getMinX(), box.getMinY(), size, size));
    }
}
