package org.elasticvision.train.shapes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * Draws scenes: one shape that is clearly the largest, up to two smaller ones that may overlap it and each other, and
 * clutter. Shapes measure from 12 pixels to 60 % of the picture, small ones as often as large ones. Immutable and thread-safe.
 */
final class SceneArtist {
    private static final double SMALLEST = 12;
    private static final double LARGEST_PART = 0.6;
    private static final double SMALLEST_MAIN_PART = 0.3;
    /** A smaller shape's size is at most the largest one's divided by this. */
    private static final double CLEARLY_SMALLER = 1.5;
    /** The largest shape shows in at least so many times the pixels of any other. */
    private static final double CLEARLY_LARGER = 1.6;

    private static final double LEAST_VISIBLE = 0.65;
    private static final double MOST_TURN = Math.toRadians(35);
    private static final int MOST_OTHERS = 2;
    private static final int TRIES = 20;
    private static final List<ShapeKind> KINDS = List.of(ShapeKind.values());

    private final int size;

    /**
     * @param size height and width of the pictures in pixels
     */
    public SceneArtist(int size) {
        this.size = size;
    }

    /**
     * Draws a scene.
     *
     * @param main the kind of the largest shape
     * @param seed the same seed gives the same scene
     * @return the scene
     */
    public Scene draw(ShapeKind main, long seed) {
        Random random = new Random(seed);
        BufferedImage canvas = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        new Background(random, size).draw(graphics);
        new Distractors(random, size).draw(graphics);
        Brush brush = new Brush(random);
        double mainSize = logUniform(random, size * SMALLEST_MAIN_PART, size * LARGEST_PART);
        Path2D outline = place(main, mainSize, random);
        brush.paint(graphics, outline, behind(canvas, outline));
        ShapeMap map = new ShapeMap(size).with(main, outline);
        int others = random.nextInt(MOST_OTHERS + 1);
        for (int i = 0; i < others; i++) {
            ShapeKind kind = KINDS.get(random.nextInt(KINDS.size()));
            for (int attempt = 0; attempt < TRIES; attempt++) {
                double upper = Math.max(SMALLEST, mainSize / CLEARLY_SMALLER);
                Path2D other = place(kind, logUniform(random, SMALLEST, upper), random);
                ShapeMap more = map.with(kind, other);
                if (more.leastVisible() >= LEAST_VISIBLE
                        && more.area(0) >= CLEARLY_LARGER * more.largestButTheFirst()) {
                    brush.paint(graphics, other, behind(canvas, other));
                    map = more;
                    break;
                }
            }
        }
        graphics.dispose();
        return new Scene(noisy(canvas, random), map.mask(), map.shapes());
    }

    /** Somewhere inside the picture, turned and stretched a little. */
    private Path2D place(ShapeKind kind, double shapeSize, Random random) {
        double margin = 0.54 * shapeSize;
        AffineTransform transform = AffineTransform.getTranslateInstance(
                margin + (size - 2 * margin) * random.nextDouble(), margin + (size - 2 * margin) * random.nextDouble());
        transform.rotate(MOST_TURN * (2 * random.nextDouble() - 1));
        double stretch = Math.exp(0.3 * (random.nextDouble() - 0.5));
        transform.scale(shapeSize * Math.sqrt(stretch), shapeSize / Math.sqrt(stretch));
        return Outlines.of(kind, transform);
    }

    /** The average colour of the picture where a shape is to lie. */
    private static Color behind(BufferedImage canvas, Path2D outline) {
        long red = 0;
        long green = 0;
        long blue = 0;
        long count = 0;
        Rectangle box = outline.getBounds().intersection(new Rectangle(canvas.getWidth(), canvas.getHeight()));
        for (int y = box.y; y < box.y + box.height; y++) {
            for (int x = box.x; x < box.x + box.width; x++) {
                int rgb = canvas.getRGB(x, y);
                red += rgb >> 16 & 0xFF;
                green += rgb >> 8 & 0xFF;
                blue += rgb & 0xFF;
                count++;
            }
        }
        return new Color((int) (red / count), (int) (green / count), (int) (blue / count));
    }

    private static RgbImage noisy(BufferedImage canvas, Random random) {
        byte[] bgr = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[bgr.length];
        double strength = 9 * random.nextDouble();
        SplittableRandom levels = new SplittableRandom(random.nextLong()); // many times as fast
        for (int pixel = 0; pixel < bgr.length; pixel += 3) {
            for (int channel = 0; channel < 3; channel++) {
                double level = (bgr[pixel + 2 - channel] & 0xFF) + strength * bell(levels.nextInt());
                rgb[pixel + channel] = (byte) Math.round(Math.max(0, Math.min(255, level)));
            }
        }
        return new RgbImage(canvas.getWidth(), canvas.getHeight(), rgb);
    }

    /** Nearly a normal distribution of variance 1, from 32 random bits: the sum of four bytes. */
    private static double bell(int bits) {
        int sum = (bits & 0xFF) + (bits >>> 8 & 0xFF) + (bits >>> 16 & 0xFF) + (bits >>> 24);
        return (sum - 510) / 147.8;
    }

    private static double logUniform(Random random, double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }
}
