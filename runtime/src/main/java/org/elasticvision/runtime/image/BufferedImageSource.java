package org.elasticvision.runtime.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** Java's own picture. */
record BufferedImageSource(BufferedImage image) implements ImageSource {
    @Override
    public String name() {
        return "BufferedImage " + image.getWidth() + "x" + image.getHeight();
    }

    @Override
    public RgbImage decode(Orientation orientation, long maxPixels) {
        new SizeLimit(name(), maxPixels).check(image.getWidth(), image.getHeight());
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        // getRGB would take grey levels for linear light and brighten them
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        if (grey && image.getRaster().getTransferType() <= DataBuffer.TYPE_USHORT) {
            copyGrey(rgb);
        } else {
            copyColour(rgb);
        }
        return new RgbImage(image.getWidth(), image.getHeight(), rgb);
    }

    private void copyGrey(byte[] rgb) {
        Raster raster = image.getRaster();
        int shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
        int[] row = new int[image.getWidth()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            for (int level : row) {
                byte value = (byte) (level >> shift);
                rgb[at++] = value;
                rgb[at++] = value;
                rgb[at++] = value;
            }
        }
    }

    private void copyColour(byte[] rgb) {
        int[] row = new int[image.getWidth()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int argb : row) {
                rgb[at++] = (byte) (argb >> 16);
                rgb[at++] = (byte) (argb >> 8);
                rgb[at++] = (byte) argb;
            }
        }
    }
}
