package org.elasticvision.runtime.image;

/**
 * Walks a JPEG's markers from start to end (ITU-T T.81, annex B), as libjpeg would go on without the missing part of a cut
 * JPEG and paint it grey.
 */
final class JpegFrame {
    private static final String FORMAT = "JPEG";
    private static final int END = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final String EXIF = "Exif\0\0";
    /** Real progressive images have about ten; every one costs a pass over the whole image. */
    private static final int MAX_SCANS = 500;

    private final ImageBytes bytes;
    private final SizeLimit limit;
    private long at = 2;
    private int frameType;
    private long width;
    private long height;
    private int scans;
    private boolean headOnly;
    private ExifOrientation exif;

    private JpegFrame(byte[] encoded, SizeLimit limit) {
        this.limit = limit;
        bytes = new ImageBytes(FORMAT, encoded);
    }

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        JpegFrame frame = new JpegFrame(encoded, limit);
        frame.walk();
        return frame.image();
    }

    private EncodedImage image() {
        ExifOrientation orientation = exif == null ? ExifOrientation.UPRIGHT : exif;
        return new EncodedImage(bytes, width, height, !isLossless(frameType), orientation);
    }

    /**
     * Looks at what lies before the pixels, without asking whether the rest is there.
     *
     * @param start the first part of a file
     * @throws DamagedImage if no pixels begin in it
     */
    static EncodedImage inspectHead(byte[] start, SizeLimit limit) throws DamagedImage {
        JpegFrame frame = new JpegFrame(start, limit);
        frame.headOnly = true;
        frame.walk();
        return frame.image();
    }

    private void walk() throws DamagedImage {
        for (int marker = nextMarker(); marker != END; marker = nextMarker()) {
            if (marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                continue; // stuffing and markers without a segment
            }
            int length = bytes.bigEndian16(at);
            if (length < 2) {
                throw DamagedImage.damaged(FORMAT, "a segment has length " + length);
            }
            if (isFrame(marker) && frameType == 0) {
                frameType = marker;
                height = bytes.bigEndian16(at + 3);
                width = bytes.bigEndian16(at + 5);
                limit.check(width, height);
            }
            if (marker == APP1 && exif == null && bytes.hasAt(at + 2, EXIF)) { // OpenCV too takes the first
                exif = ExifOrientation.read(bytes, at + 2 + EXIF.length());
            }
            if (headOnly && frameType != 0 && marker == START_OF_SCAN) {
                return;
            }
            if (marker == START_OF_SCAN && ++scans > MAX_SCANS) {
                throw DamagedImage.damaged(FORMAT, "more than " + MAX_SCANS + " scans");
            }
            at += length;
        }
        if (frameType == 0 || scans == 0) {
            throw DamagedImage.damaged(FORMAT, "it holds no image");
        }
        // Huffman coding spends at least one bit on each block of 8x8 pixels; arithmetic coding (SOF9 and up) may not
        if (frameType < 0xC9 && width * height > bytes.length() * 8L * 64) {
            throw DamagedImage.cutOff(FORMAT, bytes.length() + " bytes for " + width + "x" + height + " pixels");
        }
    }

    /** The next byte after an 0xFF; what lies before is coded pixels, or junk that libjpeg skips too. */
    private int nextMarker() throws DamagedImage {
        byte[] array = bytes.array();
        for (int i = (int) Math.min(at, array.length); i < array.length - 1; i++) {
            if (array[i] == (byte) 0xFF) {
                int marker = array[i + 1] & 0xFF;
                if (marker != 0xFF && marker != 0) {
                    at = i + 2L;
                    return marker;
                }
            }
        }
        throw DamagedImage.cutOff(FORMAT, "no end marker");
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Pixels predicted from their neighbours, not made of waves: libjpeg cannot scale them. */
    private static boolean isLossless(int frame) {
        return (frame & 3) == 3;
    }
}
