package org.elasticvision.train.shapes;

import java.awt.Color;
import java.util.Random;

/** Colours: quiet ones for what lies behind, lively ones for shapes, and never one that hides a shape. */
final class Palette {
    private static final double ENOUGH_CONTRAST = 150;
    private static final int TRIES = 30;

    private Palette() {}

    static Color quiet(Random random) {
        float saturation = 0.08f + 0.35f * random.nextFloat();
        float brightness = 0.2f + 0.75f * random.nextFloat();
        return Color.getHSBColor(random.nextFloat(), saturation, brightness);
    }

    private static Color lively(Random random) {
        float saturation = 0.55f + 0.4f * random.nextFloat();
        float brightness = 0.35f + 0.65f * random.nextFloat();
        return Color.getHSBColor(random.nextFloat(), saturation, brightness);
    }

    /** A lively colour that stands out; of many tries the one that does most, if none does enough. */
    static Color against(Color behind, Random random) {
        Color best = lively(random);
        for (int i = 0; i < TRIES && distance(best, behind) < ENOUGH_CONTRAST; i++) {
            Color other = lively(random);
            best = distance(other, behind) > distance(best, behind) ? other : best;
        }
        return best;
    }

    /** Lighter by a part of the way to white, or darker where the amount is negative. */
    static Color shade(Color color, double amount) {
        int target = amount > 0 ? 255 : 0;
        double part = Math.abs(amount);
        return new Color(
                mix(color.getRed(), target, part),
                mix(color.getGreen(), target, part),
                mix(color.getBlue(), target, part));
    }

    static Color transparent(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }

    /** Near to how different two colours look: green counts most, blue least. */
    private static double distance(Color a, Color b) {
        double red = a.getRed() - b.getRed();
        double green = a.getGreen() - b.getGreen();
        double blue = a.getBlue() - b.getBlue();
        return Math.sqrt(2 * red * red + 4 * green * green + blue * blue);
    }
}
