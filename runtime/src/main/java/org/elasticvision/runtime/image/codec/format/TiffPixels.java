package org.elasticvision.runtime.image.codec.format;

import java.awt.image.Raster;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.JdkImages;
import org.elasticvision.runtime.image.pixels.Cmyk;
import org.elasticvision.runtime.image.pixels.Levels;
import org.elasticvision.runtime.image.pixels.Premultiplied;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * A TIFF's pixels as Pillow makes RGB of them.
 *
 * @param colours what the levels mean (tag PhotometricInterpretation)
 * @param samples how many levels a pixel has
 * @param bits of a level
 * @param premultiplied whether the levels were multiplied by their alpha
 * @param palette its reds, greens and blues of 16 bits, or nothing
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside, and nobody compares two
record TiffPixels(int colours, int samples, int bits, boolean premultiplied, long[] palette) {
    private static final int PALETTE = 3;
    private static final int CMYK = 5;

    RgbImage read(EncodedImage image, ExifOrientation turn) throws DamagedImage {
        Raster raster = JdkImages.read(JdkImages.reader("tiff"), image.bytes(), reader -> reader.read(0)
                .getRaster());
        int inks = colours == PALETTE || colours <= 1 ? 1 : colours == CMYK ? 4 : 3;
        if (raster.getWidth() != image.width()
                || raster.getHeight() != image.height()
                || raster.getNumBands() < inks + (premultiplied ? 1 : 0)
                || (colours == PALETTE && palette.length < (3 << bits))) {
            throw DamagedImage.damaged(TiffFrame.FORMAT, "it cannot be decoded");
        }
        return turn.turn(new RgbImage(raster.getWidth(), raster.getHeight(), rgb(raster, inks)));
    }

    private byte[] rgb(Raster raster, int inks) {
        int width = raster.getWidth();
        int[][] rows = new int[inks + (premultiplied ? 1 : 0)][width];
        Levels[] levels = new Levels[rows.length];
        for (int band = 0; band < levels.length; band++) {
            levels[band] = new Levels(raster, band, colours == PALETTE ? 8 : bits);
        }
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, raster.getHeight()))];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            for (int band = 0; band < levels.length; band++) {
                levels[band].row(y, rows[band]);
            }
            for (int x = 0; x < width; x++, to += 3) {
                put(rows, x, rgb, to);
            }
        }
        return rgb;
    }

    private void put(int[][] rows, int x, byte[] rgb, int to) {
        if (colours == CMYK) {
            Cmyk.toRgb(rows[0][x], rows[1][x], rows[2][x], rows[3][x], rgb, to);
            return;
        }
        for (int c = 0; c < 3; c++) {
            int level = rows[Math.min(c, rows.length - 1)][x];
            if (colours == PALETTE) {
                rgb[to + c] = (byte) (palette[(c << bits) + level] >> 8);
            } else if (colours <= 1) {
                level = premultiplied ? Premultiplied.level(rows[0][x], rows[1][x]) : rows[0][x];
                rgb[to + c] = (byte) level;
            } else {
                rgb[to + c] = (byte) (premultiplied ? Premultiplied.level(level, rows[3][x]) : level);
            }
        }
    }
}
