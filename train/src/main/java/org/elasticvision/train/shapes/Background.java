package org.elasticvision.train.shapes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** What shapes lie on: a gradient with soft blotches, often with a faint pattern. */
final class Background {
    private static final int BLOTCHES = 6;

    private final Random random;
    private final int size;

    Background(Random random, int size) {
        this.random = random;
        this.size = size;
    }

    void draw(Graphics2D graphics) {
        Color from = Palette.quiet(random);
        Color to = random.nextBoolean() ? Palette.quiet(random) : Palette.shade(from, random.nextDouble() - 0.5);
        double angle = 2 * Math.PI * random.nextDouble();
        double middle = size / 2.0;
        float dx = (float) (middle * Math.cos(angle));
        float dy = (float) (middle * Math.sin(angle));
        graphics.setPaint(new GradientPaint(
                (float) middle - dx, (float) middle - dy, from, (float) middle + dx, (float) middle + dy, to));
        graphics.fillRect(0, 0, size, size);
        blotches(graphics);
        Color ink = Palette.transparent(random.nextBoolean() ? Color.WHITE : Color.BLACK, 18 + random.nextInt(28));
        switch (random.nextInt(9)) {
            case 0 -> lines(graphics, ink, angle);
            case 1 -> {
                lines(graphics, ink, angle);
                lines(graphics, ink, angle + Math.PI / 2);
            }
            case 2 -> specks(graphics, ink);
            default -> {} // none: two pictures in three are plain
        }
    }

    /** A few random levels, drawn so large that they run into each other. */
    private void blotches(Graphics2D graphics) {
        BufferedImage levels = new BufferedImage(BLOTCHES, BLOTCHES, BufferedImage.TYPE_INT_ARGB);
        int strongest = 20 + random.nextInt(70);
        for (int i = 0; i < BLOTCHES * BLOTCHES; i++) {
            int white = random.nextBoolean() ? 0xFFFFFF : 0;
            levels.setRGB(i % BLOTCHES, i / BLOTCHES, random.nextInt(strongest) << 24 | white);
        }
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int margin = size / 4; // the outermost levels fade out: leave them outside
        graphics.drawImage(levels, -margin, -margin, size + 2 * margin, size + 2 * margin, null);
    }

    private void lines(Graphics2D graphics, Color ink, double angle) {
        double step = size * (0.05 + 0.1 * random.nextDouble());
        graphics.setPaint(ink);
        graphics.setStroke(new BasicStroke((float) (step * (0.15 + 0.35 * random.nextDouble()))));
        double x = Math.cos(angle);
        double y = Math.sin(angle);
        double middle = size / 2.0;
        for (double offset = -size; offset < size; offset += step) {
            double cx = middle + offset * x;
            double cy = middle + offset * y;
            graphics.draw(new Line2D.Double(cx - size * y, cy + size * x, cx + size * y, cy - size * x));
        }
    }

    private void specks(Graphics2D graphics, Color ink) {
        graphics.setPaint(ink);
        int count = 40 + random.nextInt(120);
        for (int i = 0; i < count; i++) {
            double diameter = 0.6 + 1.6 * random.nextDouble();
            graphics.fill(
                    new Ellipse2D.Double(size * random.nextDouble(), size * random.nextDouble(), diameter, diameter));
        }
    }
}
