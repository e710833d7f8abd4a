package org.elasticvision.convert.precision;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.image.ImageSource;

/** Pictures with surfaces and edges, always the same ones. */
public final class Pictures {
    private static final int WIDTH = 280;
    private static final int HEIGHT = 240;
    private static final int SHAPES = 30;

    private Pictures() {}

    /** Writes so many into a folder. */
    public static List<Path> write(Path folder, int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("picture" + i + ".png");
            ImageIO.write(picture(new Random(i)), "png", file.toFile());
            files.add(file);
        }
        return files;
    }

    /** Writes so many into a folder, for those that ask about images. */
    public static List<ImageSource> sources(Path folder, int count) throws IOException {
        return write(folder, count).stream().map(ImageSource::of).toList();
    }

    private static BufferedImage picture(Random random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, color(random), WIDTH, HEIGHT, color(random)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < SHAPES; i++) {
            graphics.setColor(color(random));
            int size = 10 + random.nextInt(80);
            if (random.nextBoolean()) {
                graphics.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), size, size);
            } else {
                graphics.fillRect(random.nextInt(WIDTH), random.nextInt(HEIGHT), size, size / 2);
            }
        }
        graphics.dispose();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt(16) * 0x010101);
            }
        }
        return image;
    }

    private static Color color(Random random) {
        return new Color(random.nextInt(0x1000000));
    }
}
