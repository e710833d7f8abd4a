package org.elasticvision.runtime.image.codec.format;

import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * The pixels of a Netpbm file, with white scaled to 255 as Pillow does. Of grey of more than 8 bits the high byte is kept, as
 * of every other kind of file.
 *
 * @param kind the digit of {@code P1} to {@code P6}
 * @param white the level of white, 1 to 65535
 * @param at where the pixels begin
 */
record PnmPixels(int kind, int white, long at) {

    RgbImage read(EncodedImage image) throws DamagedImage {
        int width = (int) image.width();
        int height = (int) image.height();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        Samples samples = new Samples(image.bytes(), width);
        boolean colour = kind == 3 || kind == 6;
        for (int to = 0; to < rgb.length; ) {
            byte level = (byte) level(samples.next(), colour);
            rgb[to++] = level;
            rgb[to++] = colour ? (byte) level(samples.next(), true) : level;
            rgb[to++] = colour ? (byte) level(samples.next(), true) : level;
        }
        return new RgbImage(width, height, rgb);
    }

    private int level(int sample, boolean colour) {
        int most = Math.min(sample, white);
        if (kind == 1 || kind == 4) {
            return most == 0 ? 255 : 0;
        }
        if (white == 255) {
            return most;
        }
        return white > 255 && !colour
                ? (int) Math.rint(most * 65535.0 / white) >> 8
                : (int) Math.rint((double) most / white * 255);
    }

    /** The numbers one after the other. */
    private final class Samples {
        private final ImageBytes bytes;
        private final int width;
        private long next = at;
        private int column;

        Samples(ImageBytes bytes, int width) {
            this.bytes = bytes;
            this.width = width;
        }

        int next() throws DamagedImage {
            return switch (kind) {
                case 1 -> digit();
                case 2, 3 -> number();
                case 4 -> bit();
                default -> white > 255 ? bytes.bigEndian16((next += 2) - 2) : bytes.u8(next++);
            };
        }

        /** Rows begin with a new byte. */
        private int bit() throws DamagedImage {
            int bit = (bytes.u8(next) >> (7 - column % 8)) & 1;
            column++;
            if (column == width || column % 8 == 0) {
                next++;
                column = column == width ? 0 : column;
            }
            return bit;
        }

        private int digit() throws DamagedImage {
            next = PnmFrame.skipSpace(bytes, next);
            int digit = bytes.u8(next++);
            if (digit != '0' && digit != '1') {
                throw DamagedImage.damaged("PNM", "a pixel is neither 0 nor 1");
            }
            return digit - '0';
        }

        private int number() throws DamagedImage {
            next = PnmFrame.skipSpace(bytes, next);
            int number = 0;
            int digits = 0;
            while (next < bytes.length() && !PnmFrame.isSpace(bytes.u8(next)) && bytes.u8(next) != '#') {
                int digit = bytes.u8(next++) - '0';
                if (digit < 0 || digit > 9 || ++digits > 5) {
                    throw DamagedImage.damaged("PNM", "a level is not a number up to 65535");
                }
                number = number * 10 + digit;
            }
            if (number > white) {
                throw DamagedImage.damaged("PNM", "a level of " + number + " where white is " + white);
            }
            return number;
        }
    }
}
