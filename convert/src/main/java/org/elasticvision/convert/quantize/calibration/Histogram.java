package org.elasticvision.convert.quantize.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.elasticvision.convert.quantize.qdq.ActivationScale;

/**
 * How the values of an activation are distributed. Its bins are equally wide and lie around 0; they become twice as wide when
 * a value falls outside, so that one look at the data is enough. Minimum and maximum are exact. Not thread-safe.
 */
public final class Histogram {
    /** On either side of 0. */
    static final int HALF = 2048;

    private final long[] bins = new long[2 * HALF];
    /** The bins reach from {@code -reach} to {@code reach}, a power of two; 0 before the first value that is not 0. */
    private double reach;

    private long zeros;
    private long count;
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;

    /**
     * Adds values.
     *
     * @param values finite numbers
     * @throws ArithmeticException if one is not finite
     */
    public void add(float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (!Float.isFinite(high - low)) { // NaN goes through min and max
            throw new ArithmeticException("not a number");
        }
        min = Math.min(min, low);
        max = Math.max(max, high);
        count += values.length;
        reachTo(Math.max(-low, high));
        if (reach == 0) {
            zeros += values.length;
            return;
        }
        float perBin = (float) (HALF / reach); // a power of two, so that the product is exact
        int zero = 0;
        for (float value : values) {
            if (value == 0) {
                zero++; // half of what a Relu makes
            } else {
                bins[Math.min(HALF + (int) Math.floor(value * perBin), 2 * HALF - 1)]++;
            }
        }
        zeros += zero;
    }

    private void reachTo(float magnitude) {
        if (magnitude == 0) {
            return;
        }
        if (reach == 0) {
            reach = Math.scalb(1.0, Math.getExponent(magnitude) + 1);
        }
        while (reach <= magnitude) {
            widen();
        }
    }

    private void widen() {
        long[] wide = new long[bins.length];
        for (int i = 0; i < bins.length; i++) {
            wide[HALF + Math.floorDiv(i - HALF, 2)] += bins[i];
        }
        System.arraycopy(wide, 0, bins, 0, bins.length);
        reach *= 2;
    }

    /** {@return the smallest value} */
    public float min() {
        return min;
    }

    /** {@return the largest value} */
    public float max() {
        return max;
    }

    /** {@return the number of values} */
    public long count() {
        return count;
    }

    /** {@return the number of values that are 0, which are in no bin} */
    public long zeros() {
        return zeros;
    }

    /** The number of values in a bin. */
    long bin(int index) {
        return bins[index];
    }

    /** The middle of a bin. */
    double middle(int index) {
        return (index - HALF + 0.5) * width();
    }

    /** The width of a bin. */
    double width() {
        return reach / HALF;
    }

    /**
     * {@return what would be lost to 8 bits: the signal-to-noise ratio in dB, infinite where nothing is lost}
     *
     * @param scale how values become 8 bits
     */
    public double signalToNoise(ActivationScale scale) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < bins.length; i++) {
            double value = middle(i);
            double error = value - scale.rounded(value);
            signal += bins[i] * value * value;
            noise += bins[i] * error * error;
        }
        return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(reach);
        out.writeLong(zeros);
        out.writeLong(count);
        out.writeFloat(min);
        out.writeFloat(max);
        for (long bin : bins) {
            out.writeLong(bin);
        }
    }

    static Histogram read(DataInput in) throws IOException {
        Histogram histogram = new Histogram();
        histogram.reach = in.readDouble();
        histogram.zeros = in.readLong();
        histogram.count = in.readLong();
        histogram.min = in.readFloat();
        histogram.max = in.readFloat();
        for (int i = 0; i < histogram.bins.length; i++) {
            histogram.bins[i] = in.readLong();
        }
        return histogram;
    }
}
