package org.elasticvision.runtime.image.text;

/** How text becomes pixels. Sizes are the height of a line's letters with ascenders and descenders, in pixels. Thread-safe. */
interface Letters {
    /** {@return those that look best on this machine} */
    static Letters here() {
        return Fonts.available() ? new FontLetters() : new StrokeLetters();
    }

    /** {@return the height of a line} */
    static int line(int size) {
        return size + (2 * size + 4) / 5;
    }

    /** Where letters stand, counted from the top of a line. */
    static int baseline(int size) {
        return size + size / 20;
    }

    /** {@return the width of a text in pixels} */
    int width(String text, int size);

    /** {@return a text that is not empty, {@link #line} pixels high} */
    TextMask draw(String text, int size);

    /** {@return as much of a text as fits, with an ellipsis where it was cut; empty where not even one letter fits} */
    default String shortened(String text, int size, int width) {
        if (width(text, size) <= width) {
            return text;
        }
        int[] letters = text.codePoints().toArray(); // never half of a pair of surrogates
        int most = 0;
        int tooMany = letters.length;
        while (tooMany - most > 1) {
            int middle = (most + tooMany) >>> 1;
            if (width(cut(letters, middle), size) <= width) {
                most = middle;
            } else {
                tooMany = middle;
            }
        }
        return most == 0 ? "" : cut(letters, most);
    }

    private static String cut(int[] letters, int count) {
        return new String(letters, 0, count).strip() + "…";
    }
}
