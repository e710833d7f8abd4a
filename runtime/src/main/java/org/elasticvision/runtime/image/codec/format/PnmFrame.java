package org.elasticvision.runtime.image.codec.format;

import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.SizeLimit;

/**
 * The plain kinds of Netpbm: PBM, PGM and PPM, as text (P1 to P3) and in bytes (P4 to P6). A few numbers, then the pixels,
 * so that their reader is here.
 */
final class PnmFrame {
    private static final String FORMAT = "PNM";

    private final ImageBytes bytes;
    private final int kind;
    private long at = 2;

    private PnmFrame(ImageBytes bytes) throws DamagedImage {
        this.bytes = bytes;
        kind = bytes.u8(1) - '0';
    }

    static boolean begins(ImageBytes bytes) {
        byte[] array = bytes.array();
        return bytes.length() > 3
                && array[0] == 'P'
                && array[1] >= '1'
                && array[1] <= '6'
                && (isSpace(array[2]) || array[2] == '#');
    }

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        return new PnmFrame(new ImageBytes(FORMAT, encoded)).inspect(limit);
    }

    private EncodedImage inspect(SizeLimit limit) throws DamagedImage {
        long width = number();
        long height = number();
        limit.check(width, height);
        boolean bits = kind == 1 || kind == 4;
        int white = bits ? 1 : (int) number();
        if (white < 1 || white > 65535) {
            throw DamagedImage.damaged(FORMAT, "its white is " + white + ", not 1 to 65535");
        }
        at++; // one space, then pixels
        int samples = kind == 3 || kind == 6 ? 3 : 1;
        long needed =
                switch (kind) {
                    case 1 -> width * height;
                    case 4 -> (width + 7) / 8 * height;
                    case 5, 6 -> width * height * samples * (white > 255 ? 2 : 1);
                    default -> width * height * samples * 2 - 1;
                };
        if (bytes.length() - at < needed) {
            throw DamagedImage.cutOff(FORMAT, bytes.length() + " bytes for " + width + "x" + height + " pixels");
        }
        PnmPixels pixels = new PnmPixels(kind, white, at);
        return new EncodedImage(bytes, width, height, (image, turn) -> turn.turn(pixels.read(image)));
    }

    /** The next number of the header. */
    private long number() throws DamagedImage {
        at = skipSpace(bytes, at);
        long number = 0;
        long start = at;
        for (int c = bytes.u8(at); c >= '0' && c <= '9'; c = bytes.u8(++at)) {
            number = Math.min(number * 10 + c - '0', Integer.MAX_VALUE);
        }
        if (at == start) {
            throw DamagedImage.damaged(FORMAT, "its header lacks a number");
        }
        return number;
    }

    /** Space, and notes from # to the end of their line. */
    static long skipSpace(ImageBytes bytes, long from) throws DamagedImage {
        long at = from;
        while (true) {
            int c = bytes.u8(at);
            if (c == '#') {
                while (bytes.u8(at) != '\n' && bytes.u8(at) != '\r') {
                    at++;
                }
            } else if (!isSpace(c)) {
                return at;
            }
            at++;
        }
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
