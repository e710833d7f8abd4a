package org.elasticvision.runtime.image.codec.jpeg;

import java.util.Map;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;

/**
 * What a JPEG's frame header says (ITU-T T.81, B.2.2).
 *
 * @param kind the marker: how the pixels are coded
 * @param precision bits of a level
 * @param width in pixels
 * @param height in pixels
 * @param components how many levels a pixel has
 * @param mostAcross the largest horizontal sampling factor
 * @param mostDown the largest vertical one
 */
record JpegSize(int kind, int precision, long width, long height, int components, int mostAcross, int mostDown) {
    /** JPEG-LS (ITU-T T.87), which shares JPEG's markers. */
    private static final int JPEG_LS = 0xF7;

    private static final int DIFFERENTIAL = 0xDE;

    private static final Map<Integer, String> UNREADABLE =
            Map.of(JPEG_LS, "a JPEG-LS", DIFFERENTIAL, "a hierarchical JPEG", 0xCB, "a lossless arithmetic-coded JPEG");

    static boolean isFrame(int marker) {
        return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
                || UNREADABLE.containsKey(marker);
    }

    /** @param at where the segment's length stands */
    static JpegSize read(ImageBytes bytes, long at, int kind) throws DamagedImage {
        int components = bytes.u8(at + 7);
        int mostAcross = 1;
        int mostDown = 1;
        for (int i = 0; i < components; i++) {
            int factors = bytes.u8(at + 9 + 3L * i);
            mostAcross = Math.max(mostAcross, factors >> 4);
            mostDown = Math.max(mostDown, factors & 15);
        }
        return new JpegSize(
                kind,
                bytes.u8(at + 2),
                bytes.bigEndian16(at + 5),
                bytes.bigEndian16(at + 3),
                components,
                mostAcross,
                mostDown);
    }

    /** @throws DamagedImage if it is of a kind that is not read */
    void requireReadable() throws DamagedImage {
        String name = UNREADABLE.get(kind);
        if (name == null && kind >= 0xC5 && (kind & 7) >= 5) {
            name = "a hierarchical JPEG";
        }
        if (name == null && precision != 8) {
            name = "a JPEG of " + precision + " bits a level";
        }
        if (name != null) {
            throw DamagedImage.unsupported(name);
        }
    }

    /** Pixels predicted from their neighbours, not made of waves: libjpeg cannot scale them. */
    boolean lossless() {
        return (kind & 3) == 3;
    }

    boolean arithmetic() {
        return kind >= 0xC9;
    }
}
