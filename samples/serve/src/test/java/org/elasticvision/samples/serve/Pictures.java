package org.elasticvision.samples.serve;

import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Image files for the models of {@link org.elasticvision.runtime.TestModels}, whose classes are red, green and blue. */
final class Pictures {
    static final int WIDTH = 8;
    static final int HEIGHT = 6;
    static final int GREEN = 0x00FF00;
    static final int BLUE = 0x0000FF;

    private Pictures() {}

    static byte[] plain(int rgb) {
        return halves(rgb, rgb);
    }

    /** A PNG of {@link #WIDTH} x {@link #HEIGHT} pixels. */
    static byte[] halves(int left, int right) {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int rgb = i % WIDTH < WIDTH / 2 ? left : right;
            pixels[3 * i] = (byte) (rgb >> 16);
            pixels[3 * i + 1] = (byte) (rgb >> 8);
            pixels[3 * i + 2] = (byte) rgb;
        }
        return PngFiles.encode(new RgbImage(WIDTH, HEIGHT, pixels));
    }
}
