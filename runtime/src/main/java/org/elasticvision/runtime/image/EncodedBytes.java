package org.elasticvision.runtime.image;

/** Image bytes that the caller holds. */
final class EncodedBytes implements EncodedSource {
    private final byte[] encoded;
    private final String name;

    EncodedBytes(byte[] encoded, String name) {
        this.encoded = encoded;
        this.name = name;
    }

    @Override
    public byte[] encoded() {
        return encoded;
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
