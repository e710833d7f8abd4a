package org.elasticvision.runtime.image.resample;

/** Pillow's NEAREST: {@code ImagingScaleAffine} (libImaging/Geometry.c), whose positions are sums, not products. */
final class NearestResampler {
    /** Beyond this the position is a product: no image that Pillow could hold gets there. */
    private static final int LONGEST_SUM = 1 << 24;

    private NearestResampler() {}

    static byte[] resample(byte[] source, int width, int height, int channels, Span across, Span down) {
        int[] columns = positions(width, across);
        int[] rows = positions(height, down);
        byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(across.count(), down.count()), channels)];
        int at = 0;
        for (int row : rows) {
            int line = row * width;
            for (int column : columns) {
                int from = (line + column) * channels;
                for (int c = 0; c < channels; c++) {
                    target[at++] = source[from + c];
                }
            }
        }
        return target;
    }

    private static int[] positions(int inputSize, Span span) {
        double scale = (double) inputSize / span.size();
        double position = scale * 0.5;
        if (span.from() > LONGEST_SUM) {
            position += span.from() * scale;
        } else {
            for (long skipped = 0; skipped < span.from(); skipped++) {
                position += scale;
            }
        }
        int[] positions = new int[span.count()];
        for (int o = 0; o < positions.length; o++) {
            positions[o] = Math.min((int) position, inputSize - 1);
            position += scale;
        }
        return positions;
    }
}
