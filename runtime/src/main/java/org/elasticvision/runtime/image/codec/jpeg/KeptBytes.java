package org.elasticvision.runtime.image.codec.jpeg;

import org.elasticvision.runtime.image.codec.ImageBytes;

/** A file's bytes without parts that the decoder is not to see; where there are none, the array itself. */
final class KeptBytes {
    private final ImageBytes whole;
    private byte[] copy;
    private int copied;
    private int from;

    KeptBytes(ImageBytes whole) {
        this.whole = whole;
    }

    /** Parts are left out in the order in which they lie. */
    void leaveOut(long begin, long end) {
        if (copy == null) {
            copy = new byte[whole.length()];
        }
        keepUpTo((int) begin);
        from = (int) Math.min(end, whole.length());
    }

    ImageBytes bytes() {
        if (copy == null) {
            return whole;
        }
        keepUpTo(whole.length());
        from = whole.length();
        return new ImageBytes(whole.format(), copy, copied);
    }

    private void keepUpTo(int end) {
        System.arraycopy(whole.array(), from, copy, copied, end - from);
        copied += end - from;
    }
}
