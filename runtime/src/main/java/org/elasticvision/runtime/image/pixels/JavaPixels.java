package org.elasticvision.runtime.image.pixels;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Makes 8-bit RGB of Java's pictures: of grey and RGB levels as they are, of more than 8 bits the high ones, palettes looked
 * up, alpha dropped. The profile of an RGB space is passed over, as Pillow does. Colours of any other space are converted by
 * the space itself.
 */
public final class JavaPixels {
    private final BufferedImage image;
    private final Raster raster;
    private final ColorModel colours;
    private final byte[] rgb;

    private JavaPixels(BufferedImage image) {
        this.image = image;
        raster = image.getRaster();
        colours = image.getColorModel();
        rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(image.getWidth(), image.getHeight()))];
    }

    public static RgbImage of(BufferedImage image) {
        JavaPixels pixels = new JavaPixels(image);
        if (pixels.hasLevels()) {
            pixels.copyLevels();
        } else {
            pixels.convert();
        }
        return new RgbImage(image.getWidth(), image.getHeight(), pixels.rgb);
    }

    /** Whether a sample of the raster is a level of grey, or of red, green or blue. */
    private boolean hasLevels() {
        ColorSpace space = colours.getColorSpace();
        boolean linear = space == ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
        boolean known = space.isCS_sRGB() || space instanceof ICC_ColorSpace;
        // Java takes grey for linear light, and so brightens it when it converts: no picture file means it so
        return !(colours instanceof IndexColorModel)
                && raster.getNumBands() == colours.getNumComponents()
                && (space.getType() == ColorSpace.TYPE_GRAY
                        || (space.getType() == ColorSpace.TYPE_RGB && known && !linear));
    }

    private void copyLevels() {
        int width = image.getWidth();
        int bands = colours.getNumColorComponents();
        Levels[] levels = new Levels[raster.getNumBands()];
        int[][] rows = new int[levels.length][width];
        for (int band = 0; band < levels.length; band++) {
            levels[band] = new Levels(raster, band, colours.getComponentSize(band));
        }
        boolean premultiplied = colours.hasAlpha() && colours.isAlphaPremultiplied();
        int used = premultiplied ? levels.length : bands;
        for (int y = 0, to = 0; y < image.getHeight(); y++) {
            for (int band = 0; band < used; band++) {
                levels[band].row(y, rows[band]);
            }
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++, to++) {
                    int level = rows[bands == 1 ? 0 : c][x];
                    rgb[to] = (byte) (premultiplied ? Premultiplied.level(level, rows[bands][x]) : level);
                }
            }
        }
    }

    private void convert() {
        int[] row = new int[image.getWidth()];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int argb : row) {
                rgb[at++] = (byte) (argb >> 16);
                rgb[at++] = (byte) (argb >> 8);
                rgb[at++] = (byte) argb;
            }
        }
    }
}
