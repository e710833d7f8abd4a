package org.elasticvision.runtime.image;

/** Image bytes that the caller holds. */
final class EncodedBytes implements EncodedSource {
    private final byte[] encoded;
    private final String name;
    private final long maxPixels;

    EncodedBytes(byte[] encoded, String name, long maxPixels) {
        this.encoded = encoded;
        this.name = name;
        this.maxPixels = maxPixels;
    }

    @Override
    public byte[] encoded() {
        return encoded;
    }

    @Override
    public long maxPixels() {
        return maxPixels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
