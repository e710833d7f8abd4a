package org.elasticvision.runtime.image.codec.jpeg;

import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;

/**
 * The coded pixels behind a scan's header. A marker among them that does not belong there makes libjpeg give up on the rest
 * of them and paint it grey.
 */
final class JpegScan {
    private static final int RESTARTS = 8;

    private final ImageBytes bytes;
    private final JpegSize size;
    private final int restartInterval;

    /** @param restartInterval after how many units of pixels a restart marker stands; 0 without them */
    JpegScan(ImageBytes bytes, JpegSize size, int restartInterval) {
        this.bytes = bytes;
        this.size = size;
        this.restartInterval = restartInterval;
    }

    static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /**
     * {@return where the marker stands that ends the scan}
     *
     * @param from where the coded pixels begin
     * @param headerLength of the scan's header, which lies before
     */
    long end(long from, int headerLength) throws DamagedImage {
        byte[] array = bytes.array();
        long restarts = 0;
        for (int i = (int) Math.min(from, array.length); i < array.length - 1; i++) {
            if (array[i] != (byte) 0xFF) {
                continue;
            }
            int marker = array[i + 1] & 0xFF;
            if (marker == 0 || marker == 0xFF) {
                continue;
            }
            if (isRestart(marker)) {
                if (restartInterval == 0 || marker != 0xD0 + restarts % RESTARTS) {
                    throw interrupted(marker);
                }
                restarts++;
            } else if (mayFollow(marker)) {
                requireRestarts(restarts, bytes.u8(from - headerLength + 2));
                return i;
            } else {
                throw interrupted(marker);
            }
        }
        throw DamagedImage.cutOff(JpegFrame.FORMAT, "no end marker");
    }

    /** Tables, another scan, the number of lines, notes, or the end. */
    private static boolean mayFollow(int marker) {
        return marker == 0xC4
                || marker == 0xCC
                || (marker >= 0xD9 && marker <= 0xDD)
                || (marker >= 0xE0 && marker <= 0xEF)
                || marker == 0xFE;
    }

    private static DamagedImage interrupted(int marker) {
        return DamagedImage.damaged(JpegFrame.FORMAT, "a marker FF%02X where coded pixels should be".formatted(marker));
    }

    /** A scan of one component has units of its own size, which is seldom: only those of all components are counted. */
    private void requireRestarts(long found, int components) throws DamagedImage {
        if (restartInterval > 0 && components == size.components() && !size.lossless()) {
            long units = components == 1
                    ? ceil(size.width(), 8) * ceil(size.height(), 8)
                    : ceil(size.width(), 8L * size.mostAcross()) * ceil(size.height(), 8L * size.mostDown());
            long due = ceil(units, restartInterval) - 1;
            if (found < due) {
                throw DamagedImage.damaged(
                        JpegFrame.FORMAT, "it has " + found + " of " + due + " marks between its coded pixels");
            }
        }
    }

    private static long ceil(long number, long unit) {
        return (number + unit - 1) / unit;
    }
}
