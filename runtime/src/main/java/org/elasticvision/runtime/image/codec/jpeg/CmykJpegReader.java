package org.elasticvision.runtime.image.codec.jpeg;

import java.awt.image.Raster;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.JdkImages;
import org.elasticvision.runtime.image.codec.PixelReader;
import org.elasticvision.runtime.image.pixels.Cmyk;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * JPEGs of four components, CMYK or YCCK, as Pillow takes them: all as Adobe's, which stores the amount of light and not of
 * ink. OpenCV multiplies them out by another formula, up to 2 levels off, and hands out nothing else; the JDK gives the
 * components as they are.
 */
final class CmykJpegReader implements PixelReader {
    private static final int ROUND = 1 << 15;
    private static final int SHIFT = 16;

    private final boolean ycck;

    /** @param ycck whether the first three components are brightness and colour, of what CMY is */
    CmykJpegReader(boolean ycck) {
        this.ycck = ycck;
    }

    @Override
    public RgbImage read(EncodedImage image, ExifOrientation turn) throws DamagedImage {
        Raster raster = JdkImages.read(JdkImages.reader("jpeg"), image.bytes(), reader -> reader.readRaster(0, null));
        if (raster.getWidth() != image.width() || raster.getHeight() != image.height() || raster.getNumBands() != 4) {
            throw DamagedImage.damaged(JpegFrame.FORMAT, "it cannot be decoded");
        }
        int width = raster.getWidth();
        int[] row = new int[4 * width];
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, raster.getHeight()))];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int at = 0; at < row.length; at += 4, to += 3) {
                if (ycck) {
                    toCmy(row, at);
                }
                Cmyk.toRgb(255 - row[at], 255 - row[at + 1], 255 - row[at + 2], 255 - row[at + 3], rgb, to);
            }
        }
        return turn.turn(new RgbImage(width, raster.getHeight(), rgb));
    }

    /** In place, with libjpeg's numbers (jdcolor.c): its colours are 255 less those of YCbCr. */
    private static void toCmy(int[] levels, int at) {
        int y = levels[at];
        int cb = levels[at + 1] - 128;
        int cr = levels[at + 2] - 128;
        levels[at] = clip(255 - (y + ((91881 * cr + ROUND) >> SHIFT)));
        levels[at + 1] = clip(255 - (y + ((-22554 * cb - 46802 * cr + ROUND) >> SHIFT)));
        levels[at + 2] = clip(255 - (y + ((116130 * cb + ROUND) >> SHIFT)));
    }

    private static int clip(int level) {
        return Math.max(0, Math.min(255, level));
    }
}
