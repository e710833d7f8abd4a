package org.elasticvision.runtime.explain.picture;

import java.util.Locale;

/** The colours of numbers. Stateless. */
public final class HeatColors {
    /** From nothing to the most, ever lighter: dark blue, purple, red, orange, light yellow. */
    private static final int[][] SEQUENCE = {{18, 14, 70}, {98, 24, 128}, {193, 52, 92}, {246, 134, 44}, {252, 244, 150}
    };

    private static final int[] BELOW = {33, 96, 190};
    private static final int[] MIDDLE = {243, 244, 246};
    private static final int[] ABOVE = {214, 92, 12};

    private HeatColors() {}

    /**
     * {@return the colour of an amount as red, green, blue of 0..255}
     *
     * @param part 0 for nothing to 1 for the most; beyond that the ends
     */
    public static int[] amount(double part) {
        double place = clamp(part, 0, 1) * (SEQUENCE.length - 1);
        int from = Math.min((int) place, SEQUENCE.length - 2);
        return between(SEQUENCE[from], SEQUENCE[from + 1], place - from);
    }

    /**
     * {@return the colour of a difference as red, green, blue of 0..255: blue below 0, orange above}
     *
     * @param part -1 to 1; beyond that the ends
     */
    public static int[] difference(double part) {
        double strength = Math.sqrt(Math.abs(clamp(part, -1, 1))); // small differences can be told from none
        return between(MIDDLE, part < 0 ? BELOW : ABOVE, strength);
    }

    /**
     * {@return a colour as pages write it, such as {@code #d65c0c}}
     *
     * @param colour red, green, blue
     */
    public static String css(int[] colour) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", colour[0], colour[1], colour[2]);
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }

    private static int[] between(int[] first, int[] second, double part) {
        int[] colour = new int[first.length];
        for (int i = 0; i < colour.length; i++) {
            colour[i] = (int) Math.round(first[i] * (1 - part) + second[i] * part);
        }
        return colour;
    }
}
