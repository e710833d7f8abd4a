package org.elasticvision.runtime.image.codec.format;

import java.util.Set;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.JdkImages;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.pixels.JavaPixels;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * A BMP's header, in all forms of Windows and OS/2. The JDK reads what such a file holds, but not every form of header; it
 * gets all of them in one.
 */
final class BmpFrame {
    static final String FORMAT = "BMP";
    static final int RUN_LENGTH_8 = 1;
    static final int RUN_LENGTH_4 = 2;
    static final int BIT_FIELDS = 3;
    private static final int BIT_FIELDS_WITH_ALPHA = 6;
    private static final int FILE_HEADER = 14;
    private static final int OS2_HEADER = 12;
    private static final int WINDOWS_HEADER = 40;
    private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);
    /** Two bytes of run-length coding give at most this many pixels. */
    private static final int LONGEST_RUN = 255;

    private final ImageBytes bytes;
    private final long headerSize;
    private final boolean os2;

    private BmpFrame(ImageBytes bytes) throws DamagedImage {
        this.bytes = bytes;
        headerSize = bytes.littleEndian32(FILE_HEADER);
        os2 = headerSize == OS2_HEADER;
    }

    static boolean begins(ImageBytes bytes) {
        return bytes.hasAt(0, "BM");
    }

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        return new BmpFrame(new ImageBytes(FORMAT, encoded)).inspect(limit);
    }

    private EncodedImage inspect(SizeLimit limit) throws DamagedImage {
        if (!os2 && (headerSize < WINDOWS_HEADER || headerSize > 1024)) {
            throw headerSize == 16
                    ? DamagedImage.unsupported("a BMP with OS/2's header of 16 bytes")
                    : DamagedImage.damaged(FORMAT, "a header of " + headerSize + " bytes");
        }
        long width = os2 ? bytes.littleEndian16(18) : (int) bytes.littleEndian32(18);
        // a negative height means that the top row comes first
        int storedHeight = os2 ? bytes.littleEndian16(20) : (int) bytes.littleEndian32(22);
        long height = Math.abs((long) storedHeight);
        limit.check(width, height);
        int bits = bytes.littleEndian16(os2 ? 24 : 28);
        int compression = compression(bits);
        BmpPalette palette = palette(bits, compression);
        long dataAt = dataAt(palette.end());
        checkData(width, height, bits, compression, dataAt);
        ImageBytes plain = new BmpHeader((int) width, storedHeight, bits, compression, palette)
                .before(bytes, Math.toIntExact(dataAt));
        return new EncodedImage(plain, width, height, BmpFrame::read);
    }

    private int compression(int bits) throws DamagedImage {
        long compression = os2 ? 0 : bytes.littleEndian32(30);
        boolean os2Two = headerSize == 64;
        if ((compression == 4 && !os2Two) || compression == 5) {
            throw DamagedImage.unsupported("a BMP that wraps a " + (compression == 4 ? "JPEG" : "PNG"));
        }
        if (os2Two && compression > 2) {
            throw DamagedImage.unsupported("an OS/2 BMP of compression " + compression);
        }
        if (compression > BIT_FIELDS_WITH_ALPHA || compression == 4) {
            throw DamagedImage.unsupported("a BMP of compression " + compression);
        }
        boolean fits =
                switch ((int) compression) {
                    case RUN_LENGTH_8 -> bits == 8;
                    case RUN_LENGTH_4 -> bits == 4;
                    case BIT_FIELDS, BIT_FIELDS_WITH_ALPHA -> bits >= 16;
                    default -> true;
                };
        if (!DEPTHS.contains(bits) || !fits) {
            throw DamagedImage.unsupported("a BMP of " + bits + " bits a pixel and compression " + compression);
        }
        return (int) compression;
    }

    /** Colours or bit fields. The latter are part of a long header and follow a short one, at the same place. */
    private BmpPalette palette(int bits, int compression) throws DamagedImage {
        long end = FILE_HEADER + headerSize;
        if (compression == BIT_FIELDS || compression == BIT_FIELDS_WITH_ALPHA) {
            long masks = FILE_HEADER + WINDOWS_HEADER;
            long masksEnd = masks + (compression == BIT_FIELDS ? 12 : 16);
            return BmpPalette.masks(bytes, masks, Math.max(end, masksEnd));
        }
        if (bits > 8) {
            return BmpPalette.none(end);
        }
        long colours = os2 ? 0 : bytes.littleEndian32(46);
        return BmpPalette.colours(
                bytes, end, os2 ? 3 : 4, colours == 0 ? 1 << bits : colours, 1 << bits, pixelOffset());
    }

    private long pixelOffset() throws DamagedImage {
        return bytes.littleEndian32(10);
    }

    /** Some writers leave it 0, or have it point to the end of the header. */
    private long dataAt(long earliest) throws DamagedImage {
        long stated = pixelOffset();
        return stated < FILE_HEADER + headerSize || (stated == FILE_HEADER + headerSize && stated < earliest)
                ? earliest
                : stated;
    }

    private void checkData(long width, long height, int bits, int compression, long dataAt) throws DamagedImage {
        long there = bytes.length() - dataAt;
        boolean runs = compression == RUN_LENGTH_8 || compression == RUN_LENGTH_4;
        long row = (width * bits + 31) / 32 * 4;
        long padding = row - (width * bits + 7) / 8; // which the last row may lack
        long needed = runs ? width * height / LONGEST_RUN * 2 : row * height - padding;
        if (there < needed) {
            throw DamagedImage.cutOff(FORMAT, bytes.length() + " bytes for " + width + "x" + height + " pixels");
        }
    }

    private static RgbImage read(EncodedImage image, ExifOrientation turn) throws DamagedImage {
        return turn.turn(
                JavaPixels.of(JdkImages.read(JdkImages.reader("bmp"), image.bytes(), reader -> reader.read(0))));
    }
}
