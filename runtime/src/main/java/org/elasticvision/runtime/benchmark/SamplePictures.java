package org.elasticvision.runtime.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Pictures of no thing, as large and as detailed as ImageNet's photos, the same on every machine. */
public final class SamplePictures {
    private static final int WIDTH = 500;
    private static final int HEIGHT = 375;
    private static final int QUALITY = 90;
    private static final int FINEST = 8;

    private SamplePictures() {}

    /**
     * {@return so many JPEGs of 500x375 pixels, of about 40 kB each}
     *
     * @param count how many
     */
    public static List<ImageSource> jpegs(int count) {
        List<ImageSource> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sources.add(ImageSource.of(JpegFiles.encode(picture(i), QUALITY), "sample picture " + i));
        }
        return sources;
    }

    /** Noise whose detail fades with its fineness, as that of photos does. */
    static RgbImage picture(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] levels = new float[3 * WIDTH * HEIGHT];
        float strength = 110;
        for (int octave = 1; octave <= FINEST; octave++, strength *= 0.62f) {
            add(levels, 1 << octave, strength, random);
        }
        byte[] pixels = new byte[levels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(127 + levels[i])));
        }
        return new RgbImage(WIDTH, HEIGHT, pixels);
    }

    /** Adds a grid of random colours, brought to the picture's size by linear interpolation. */
    private static void add(float[] levels, int cells, float strength, SplittableRandom random) {
        int points = cells + 1;
        float[] grid = new float[3 * points * points];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (random.nextInt(2001) / 1000f - 1) * strength;
        }
        for (int y = 0; y < HEIGHT; y++) {
            float down = (float) y * cells / HEIGHT;
            int row = (int) down;
            for (int x = 0; x < WIDTH; x++) {
                float across = (float) x * cells / WIDTH;
                int column = (int) across;
                float right = across - column;
                float below = down - row;
                int at = 3 * (row * points + column);
                for (int c = 0; c < 3; c++) {
                    float top = grid[at + c] * (1 - right) + grid[at + 3 + c] * right;
                    float bottom = grid[at + 3 * points + c] * (1 - right) + grid[at + 3 * points + 3 + c] * right;
                    levels[3 * (y * WIDTH + x) + c] += top * (1 - below) + bottom * below;
                }
            }
        }
    }
}
