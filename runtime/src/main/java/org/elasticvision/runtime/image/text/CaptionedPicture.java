package org.elasticvision.runtime.image.text;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** A picture with text on a white strip below it; no pixel of the picture is covered. Thread-safe. */
public final class CaptionedPicture {
    /** Narrower pictures stand at the left of white. */
    private static final int LEAST_WIDTH = 160;

    private static final int LEAST_SIZE = 12;
    private static final int LINES_A_SIDE = 26;
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
        int size = Math.max(LEAST_SIZE, Math.min(picture.width(), picture.height()) / LINES_A_SIDE);
        int margin = size / 2;
        int line = Letters.line(size);
        int width = Math.max(LEAST_WIDTH, picture.width());
        int height = picture.height() + lines.size() * line + 2 * margin;
        Sheet sheet = new Sheet(width, height);
        sheet.put(picture);
        boolean coloured = lines.stream().anyMatch(one -> one.colour().isPresent());
        int left = margin + (coloured ? size + margin : 0);
        int figures = lines.stream()
                .mapToInt(one -> one.figure().isEmpty() ? 0 : letters.width(one.figure(), size) + size)
                .max()
                .orElse(0);
        int top = picture.height() + margin;
        for (CaptionLine one : lines) {
            if (one.colour().isPresent()) {
                sheet.fill(margin, top + line / 2 - size / 2, size, one.colour().getAsInt());
            }
            if (!one.figure().isEmpty()) {
                TextMask figure = letters.draw(one.figure(), size);
                sheet.write(figure, left + figures - size - figure.width(), top);
            }
            int from = left + figures;
            String text = letters.shortened(one.text(), size, width - margin - from);
            if (!text.isEmpty()) {
                sheet.write(letters.draw(text, size), from, top);
            }
            top += line;
        }
        return sheet.image();
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
