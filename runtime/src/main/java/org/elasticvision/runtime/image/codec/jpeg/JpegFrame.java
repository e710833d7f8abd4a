package org.elasticvision.runtime.image.codec.jpeg;

import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.OpenCvDecoder;
import org.elasticvision.runtime.image.codec.OrientationNotes;
import org.elasticvision.runtime.image.codec.PixelReader;
import org.elasticvision.runtime.image.codec.SizeLimit;

/**
 * Walks a JPEG's markers from start to end (ITU-T T.81, annex B), as libjpeg would go on without the missing part of a cut
 * or damaged JPEG and paint it grey. What libjpeg would pass over with a line on standard error it does not get to see.
 */
public final class JpegFrame {
    static final String FORMAT = EncodedImage.JPEG;
    private static final String BEGINNING = "\u00FF\u00D8\u00FF";
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    /** Real progressive images have about ten; every one costs a pass over the whole image. */
    private static final int MAX_SCANS = 500;

    private final ImageBytes bytes;
    private final SizeLimit limit;
    private final OrientationNotes notes = new OrientationNotes();
    private final KeptBytes kept;
    private long at = 2;
    private JpegSize size;
    private int restartInterval;
    private int scans;
    private boolean ycck;
    private boolean headOnly;

    private JpegFrame(byte[] encoded, SizeLimit limit) {
        this.limit = limit;
        bytes = new ImageBytes(FORMAT, encoded);
        kept = new KeptBytes(bytes);
    }

    public static boolean begins(ImageBytes bytes) {
        return bytes.hasAt(0, BEGINNING);
    }

    public static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        JpegFrame frame = new JpegFrame(encoded, limit);
        frame.walk();
        return frame.image();
    }

    /**
     * Looks at what lies before the pixels, without asking whether the rest is there.
     *
     * @param start the first part of a file
     * @throws DamagedImage if no pixels begin in it
     */
    public static EncodedImage inspectHead(byte[] start, SizeLimit limit) throws DamagedImage {
        JpegFrame frame = new JpegFrame(start, limit);
        frame.headOnly = true;
        frame.walk();
        return frame.image();
    }

    private EncodedImage image() throws DamagedImage {
        PixelReader reader = size.components() == 4 ? new CmykJpegReader(ycck) : OpenCvDecoder::decode;
        return new EncodedImage(
                kept.bytes(), size.width(), size.height(), reader, !size.lossless(), notes.orientation());
    }

    private void walk() throws DamagedImage {
        for (int marker = nextMarker(); marker != END; marker = nextMarker()) {
            if (JpegScan.isRestart(marker) || marker == 0x01) { // without a segment, and of no use here
                kept.leaveOut(at - 2, at);
                continue;
            }
            if (marker == START) {
                throw DamagedImage.damaged(FORMAT, "a second image begins inside of it");
            }
            int length = bytes.bigEndian16(at);
            if (length < 2) {
                throw DamagedImage.damaged(FORMAT, "a segment has length " + length);
            }
            segment(marker, length);
            if (headOnly && marker == START_OF_SCAN) {
                return;
            }
            at += length;
            if (marker == START_OF_SCAN) {
                if (++scans > MAX_SCANS) {
                    throw DamagedImage.damaged(FORMAT, "more than " + MAX_SCANS + " scans");
                }
                at = new JpegScan(bytes, size, restartInterval).end(at, length);
            }
        }
        if (size == null || scans == 0) {
            throw DamagedImage.damaged(FORMAT, "it holds no image");
        }
        // Huffman coding spends at least one bit on each block of 8x8 pixels; arithmetic coding may not
        if (!size.arithmetic() && size.width() * size.height() > bytes.length() * 8L * 64) {
            throw DamagedImage.cutOff(
                    FORMAT, bytes.length() + " bytes for " + size.width() + "x" + size.height() + " pixels");
        }
    }

    private void segment(int marker, int length) throws DamagedImage {
        if (JpegSize.isFrame(marker) && size == null) {
            size = JpegSize.read(bytes, at, marker);
            limit.check(size.width(), size.height());
            size.requireReadable();
        } else if (marker == START_OF_SCAN && size == null) {
            throw DamagedImage.damaged(FORMAT, "it does not say how large it is");
        } else if (marker == RESTART_INTERVAL) {
            restartInterval = bytes.bigEndian16(at + 2);
        } else if (marker == APP1 && begins(length, OrientationNotes.EXIF_PREFIX)) {
            notes.exif(bytes, at + 2);
        } else if (marker == APP1 && begins(length, XMP)) {
            notes.xmp(bytes, at + 2 + XMP.length(), length - 2L - XMP.length());
        } else if (marker == APP14 && bytes.hasAt(at + 2, "Adobe") && length >= 14) {
            ycck = bytes.u8(at + 13) != 0;
        }
    }

    /** Whether the segment's contents begin with a text, all of which is in it. */
    private boolean begins(int length, String text) {
        return length - 2 >= text.length() && bytes.hasAt(at + 2, text);
    }

    /** The next byte after an 0xFF. Junk before it is left out, as libjpeg does too; behind a scan it is lost pixels. */
    private int nextMarker() throws DamagedImage {
        byte[] array = bytes.array();
        for (int i = (int) Math.min(at, array.length); i < array.length - 1; i++) {
            if (array[i] == (byte) 0xFF) {
                int marker = array[i + 1] & 0xFF;
                if (marker != 0xFF && marker != 0) {
                    if (i > at && !isFill(at, i)) {
                        if (scans > 0) {
                            throw DamagedImage.damaged(FORMAT, "its coded pixels are interrupted");
                        }
                        kept.leaveOut(at, i);
                    }
                    at = i + 2L;
                    return marker;
                }
            }
        }
        throw DamagedImage.cutOff(FORMAT, "no end marker");
    }

    /** Any number of 0xFF may stand before a marker. */
    private boolean isFill(long from, int to) {
        for (int i = (int) from; i < to; i++) {
            if (bytes.array()[i] != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }
}
