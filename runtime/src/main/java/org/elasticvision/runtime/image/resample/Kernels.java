package org.elasticvision.runtime.image.resample;

import org.elasticvision.runtime.model.Interpolation;

/** Pillow's resampling kernels (libImaging/Resample.c). */
final class Kernels {
    private Kernels() {}

    /** Half the kernel's width in input pixels, before it is widened for shrinking. */
    static double support(Interpolation filter) {
        return switch (filter) {
            case NEAREST -> throw new IllegalArgumentException("NEAREST picks pixels, it has no kernel");
            case BILINEAR -> 1;
            case BICUBIC -> 2;
            case LANCZOS -> 3;
        };
    }

    static double weight(Interpolation filter, double x) {
        return switch (filter) {
            case NEAREST -> throw new IllegalArgumentException("NEAREST picks pixels, it has no kernel");
            case BILINEAR -> Math.max(0, 1 - Math.abs(x));
            case BICUBIC -> bicubic(Math.abs(x));
            case LANCZOS -> -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        };
    }

    private static double bicubic(double x) {
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        double radians = x * Math.PI;
        return Math.sin(radians) / radians;
    }
}
