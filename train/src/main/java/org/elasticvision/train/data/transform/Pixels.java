package org.elasticvision.train.data.transform;

import org.elasticvision.runtime.image.pixels.RgbImage;

/** Pixels moved about without a change of their values. The images that go in stay as they are. */
public final class Pixels {
    public static final int RGB = 3;

    private Pixels() {}

    public static RgbImage crop(RgbImage image, CropBox box) {
        if (box.width() == image.width() && box.height() == image.height()) {
            return image;
        }
        int rowLength = RGB * box.width();
        byte[] part = new byte[rowLength * box.height()];
        for (int y = 0; y < box.height(); y++) {
            int from = RGB * ((box.y() + y) * image.width() + box.x());
            System.arraycopy(image.pixels(), from, part, y * rowLength, rowLength);
        }
        return new RgbImage(box.width(), box.height(), part);
    }

    /** Moves the picture within its frame; what comes in is black. */
    public static RgbImage shift(RgbImage image, int right, int down) {
        if (right == 0 && down == 0) {
            return image;
        }
        int width = image.width();
        byte[] shifted = new byte[image.pixels().length];
        int count = width - Math.abs(right);
        for (int y = Math.max(0, down); count > 0 && y < image.height() + Math.min(0, down); y++) {
            int from = RGB * ((y - down) * width + Math.max(0, -right));
            System.arraycopy(image.pixels(), from, shifted, RGB * (y * width + Math.max(0, right)), RGB * count);
        }
        return new RgbImage(width, image.height(), shifted);
    }

    /** Left becomes right. */
    public static RgbImage mirror(RgbImage image) {
        byte[] mirrored = mirror(image.pixels(), image.width(), image.height(), RGB);
        return new RgbImage(image.width(), image.height(), mirrored);
    }

    /** Left becomes right. */
    public static byte[] mirror(byte[] pixels, int width, int height, int channels) {
        byte[] mirrored = new byte[pixels.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = width - 1; x >= 0; x--) {
                int from = (y * width + x) * channels;
                for (int c = 0; c < channels; c++) {
                    mirrored[at++] = pixels[from + c];
                }
            }
        }
        return mirrored;
    }
}
