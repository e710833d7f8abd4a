package org.elasticvision.runtime.explain.picture;

import org.elasticvision.runtime.explain.Explanation.InputPart;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * A map over the picture that it is about. Small pictures are enlarged and large ones reduced by a whole factor. What the network did not see,
 * as it was cropped away, is dark and grey. Stateless.
 */
public final class MapPicture {
    private static final int LEAST_SIDE = 320;
    private static final double UNSEEN = 0.35;
    private static final double WEAKEST = 0.35;
    private static final double STRONGEST = 0.65;

    private MapPicture() {}

    /** How the numbers of a map become colours. */
    public enum Style {
        /** What is above 0, in parts of the largest: what Grad-CAM shows. */
        POSITIVE,
        /** Above 0 in orange, below 0 in blue, in parts of the largest of both. */
        SIGNED,
        /** From 0 to 1, as it is. */
        SHARE
    }

    /**
     * {@return the picture alone, at the size that the maps over it have}
     *
     * @param picture the picture
     * @param mostSide the longer side that it may have, in pixels
     */
    public static RgbImage plain(RgbImage picture, int mostSide) {
        return Scaling.fit(picture, Math.min(LEAST_SIDE, mostSide), mostSide);
    }

    /**
     * {@return the picture with the map over it}
     *
     * @param picture the picture
     * @param seen where the network's input lies on it
     * @param map over the network's input
     * @param style how it is coloured
     * @param mostSide the longer side that the result may have, in pixels
     */
    public static RgbImage of(RgbImage picture, InputPart seen, HeatMap map, Style style, int mostSide) {
        RgbImage scaled = plain(picture, mostSide);
        Canvas canvas = new Canvas(scaled.width(), scaled.height());
        Scale scale = Scale.of(map, style);
        int[] pixel = new int[3];
        for (int y = 0; y < canvas.height(); y++) {
            double down = seen.down((y + 0.5) / canvas.height());
            for (int x = 0; x < canvas.width(); x++) {
                double across = seen.across((x + 0.5) / canvas.width());
                for (int c = 0; c < 3; c++) {
                    pixel[c] = scaled.pixels()[3 * (y * canvas.width() + x) + c] & 0xFF;
                }
                if (across < 0 || across > 1 || down < 0 || down > 1) {
                    dim(pixel);
                } else {
                    scale.paint(pixel, map.at(across, down));
                }
                canvas.set(x, y, pixel);
            }
        }
        return canvas.image();
    }

    private static void dim(int[] pixel) {
        int grey = (int) (UNSEEN * (pixel[0] + pixel[1] + pixel[2]) / 3);
        for (int c = 0; c < 3; c++) {
            pixel[c] = grey;
        }
    }

    /**
     * From a number of the map to a colour over the picture.
     *
     * @param largest what is drawn at full strength; 0 where nothing is
     */
    private record Scale(Style style, double largest) {
        static Scale of(HeatMap map, Style style) {
            return new Scale(
                    style,
                    switch (style) {
                        case POSITIVE -> Math.max(0, map.max());
                        case SIGNED -> Math.max(map.max(), -map.min());
                        case SHARE -> 1;
                    });
        }

        void paint(int[] pixel, double value) {
            double part = largest > 0 ? value / largest : 0;
            switch (style) {
                case POSITIVE, SHARE -> {
                    double amount = Math.max(0, Math.min(1, part));
                    blend(pixel, HeatColors.amount(amount), WEAKEST + (STRONGEST - WEAKEST) * amount);
                }
                case SIGNED -> blend(pixel, HeatColors.difference(part), STRONGEST);
            }
        }

        private static void blend(int[] pixel, int[] colour, double alpha) {
            for (int c = 0; c < 3; c++) {
                pixel[c] = (int) Math.round(pixel[c] * (1 - alpha) + colour[c] * alpha);
            }
        }
    }
}
