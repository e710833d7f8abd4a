package org.elasticvision.runtime.image.pixels;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** One band of a raster as levels of 0 to 255. */
public final class Levels {
    private final Raster raster;
    private final int band;
    private final int type;
    private final int bits;
    private final float[] fractions;

    /** Takes one band, whose samples have so many bits. */
    public Levels(Raster raster, int band, int bits) {
        this.raster = raster;
        this.band = band;
        this.type = raster.getTransferType();
        // of Java's signed numbers the negative ones mean black (ComponentColorModel)
        this.bits = type == DataBuffer.TYPE_SHORT ? bits - 1 : bits;
        this.fractions = isFraction() ? new float[raster.getWidth()] : null;
    }

    private boolean isFraction() {
        return type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
    }

    /** Writes the levels of one row, counted from the raster's first. */
    public void row(int y, int[] levels) {
        int top = raster.getMinY() + y;
        if (fractions != null) {
            raster.getSamples(raster.getMinX(), top, levels.length, 1, band, fractions);
            for (int x = 0; x < levels.length; x++) {
                levels[x] = Math.round(Math.max(0, Math.min(1, fractions[x])) * 255);
            }
            return;
        }
        raster.getSamples(raster.getMinX(), top, levels.length, 1, band, levels);
        if (bits == 8 && type != DataBuffer.TYPE_SHORT) {
            return;
        }
        for (int x = 0; x < levels.length; x++) {
            levels[x] = level(levels[x]);
        }
    }

    private int level(int sample) {
        if (type == DataBuffer.TYPE_SHORT && sample < 0) {
            return 0;
        }
        return bits >= 8 ? (sample >>> (bits - 8)) & 0xFF : sample * 255 / ((1 << bits) - 1);
    }
}
