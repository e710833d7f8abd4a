package org.elasticvision.runtime.image.text;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** A picture with text: on a white strip below it, which covers no pixel, or in its top left corner. Thread-safe. */
public final class CaptionedPicture {
    /** Narrower pictures stand at the left of white. */
    private static final int LEAST_WIDTH = 160;

    private static final int LEAST_SIZE = 12;
    private static final int LINES_A_SIDE = 26;
    /** Of the corner, in sizes of letters: always the same, so that it does not flicker from frame to frame. */
    private static final int CORNER_WIDTH = 20;

    private static final int CORNER_COVER = 200;
    private static final int INK = 0x1B2430;
    private static final int PAPER = 0xFFFFFF;

    private CaptionedPicture() {}

    /**
     * Writes below a picture, in letters that grow with it.
     *
     * @param picture not changed
     * @param lines from the top to the bottom, at least 1
     * @return as wide as the picture, at least 160 pixels; higher by the lines
     */
    public static RgbImage of(RgbImage picture, List<CaptionLine> lines) {
        return of(picture, lines, Letters.here());
    }

    static RgbImage of(RgbImage picture, List<CaptionLine> lines, Letters letters) {
        int size = size(picture);
        int width = Math.max(LEAST_WIDTH, picture.width());
        Sheet sheet = new Sheet(width, picture.height() + lines.size() * Letters.line(size) + 2 * margin(size));
        sheet.put(picture);
        write(sheet, lines, letters, size, width, picture.height() + margin(size));
        return sheet.image();
    }

    /**
     * Writes onto a picture, in its top left corner, which shines through.
     *
     * @param picture not changed
     * @param lines from the top to the bottom; those that do not fit are left out
     * @return as large as the picture
     */
    public static RgbImage over(RgbImage picture, List<CaptionLine> lines) {
        int size = size(picture);
        int line = Letters.line(size);
        int width = Math.min(picture.width(), CORNER_WIDTH * size);
        int fitting = Math.max(1, (picture.height() - 2 * margin(size)) / line);
        List<CaptionLine> shown = lines.subList(0, Math.min(lines.size(), fitting));
        Sheet sheet = new Sheet(picture.width(), picture.height());
        sheet.put(picture);
        sheet.cover(width, shown.size() * line + 2 * margin(size));
        write(sheet, shown, Letters.here(), size, width, margin(size));
        return sheet.image();
    }

    private static int size(RgbImage picture) {
        return Math.max(LEAST_SIZE, Math.min(picture.width(), picture.height()) / LINES_A_SIDE);
    }

    private static int margin(int size) {
        return size / 2;
    }

    private static void write(Sheet sheet, List<CaptionLine> lines, Letters letters, int size, int width, int from) {
        int margin = margin(size);
        int line = Letters.line(size);
        boolean coloured = lines.stream().anyMatch(one -> one.colour().isPresent());
        int left = margin + (coloured ? size + margin : 0);
        int figures = lines.stream()
                .mapToInt(one -> one.figure().isEmpty() ? 0 : letters.width(one.figure(), size) + size)
                .max()
                .orElse(0);
        int top = from;
        for (CaptionLine one : lines) {
            if (one.colour().isPresent()) {
                sheet.fill(margin, top + line / 2 - size / 2, size, one.colour().getAsInt());
            }
            if (!one.figure().isEmpty()) {
                TextMask figure = letters.draw(one.figure(), size);
                sheet.write(figure, left + figures - size - figure.width(), top);
            }
            int begin = left + figures;
            String text = letters.shortened(one.text(), size, width - margin - begin);
            if (!text.isEmpty()) {
                sheet.write(letters.draw(text, size), begin, top);
            }
            top += line;
        }
    }

    /** What is drawn on; white. */
    private static final class Sheet {
        private final int width;
        private final int height;
        private final byte[] pixels;

        Sheet(int width, int height) {
            this.width = width;
            this.height = height;
            this.pixels = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
            Arrays.fill(pixels, (byte) PAPER);
        }

        RgbImage image() {
            return new RgbImage(width, height, pixels);
        }

        void put(RgbImage picture) {
            for (int y = 0; y < picture.height(); y++) {
                int length = 3 * picture.width();
                System.arraycopy(picture.pixels(), y * length, pixels, 3 * y * width, length);
            }
        }

        /** From the top left corner. */
        void cover(int across, int down) {
            for (int y = 0; y < down; y++) {
                for (int x = 0; x < across; x++) {
                    blend(x, y, PAPER, CORNER_COVER);
                }
            }
        }

        /** A square, with an edge that shows white ones too. */
        void fill(int left, int top, int side, int colour) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    boolean edge = x == 0 || y == 0 || x == side - 1 || y == side - 1;
                    blend(left + x, top + y, edge ? INK : colour, 255);
                }
            }
        }

        void write(TextMask text, int left, int top) {
            for (int y = 0; y < text.height(); y++) {
                for (int x = 0; x < text.width(); x++) {
                    blend(left + x, top + y, INK, text.ink(x, y));
                }
            }
        }

        private void blend(int x, int y, int colour, int amount) {
            if (amount == 0 || x < 0 || x >= width || y < 0 || y >= height) {
                return;
            }
            int at = 3 * (y * width + x);
            for (int c = 0; c < 3; c++) {
                int level = (colour >> (8 * (2 - c))) & 0xFF;
                int below = pixels[at + c] & 0xFF;
                pixels[at + c] = (byte) ((level * amount + below * (255 - amount) + 127) / 255);
            }
        }
    }
}
