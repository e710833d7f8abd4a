package org.elasticvision.runtime.image.codec.format;

import java.util.HashMap;
import java.util.Map;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;

/** The first directory of a TIFF: numbers by tag (TIFF 6.0, section 2). */
public final class TiffDirectory {
    private static final String FORMAT = "TIFF";
    /** Bytes of one value, by type; of a type that there is not, one, so that no count is larger than the file. */
    private static final int[] SIZES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    private static final int ENTRY_BYTES = 12;

    private final ImageBytes bytes;
    private final boolean bigEndian;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private record Entry(int type, long count, long at) {}

    public TiffDirectory(ImageBytes bytes) throws DamagedImage {
        this.bytes = bytes;
        bigEndian = bytes.hasAt(0, "MM");
        long directory = bytes.u32(4, bigEndian);
        int count = bytes.u16(directory, bigEndian);
        for (int i = 0; i < count; i++) {
            add(directory + 2 + (long) ENTRY_BYTES * i);
        }
    }

    /** @throws DamagedImage if its values lie outside of the file, for which the JDK would take memory */
    private void add(long entry) throws DamagedImage {
        int type = bytes.u16(entry + 2, bigEndian);
        long count = bytes.u32(entry + 4, bigEndian);
        int size = type < SIZES.length ? SIZES[type] : 1;
        long at = count * size <= 4 ? entry + 8 : bytes.u32(entry + 8, bigEndian);
        if (at + count * size > bytes.length()) {
            throw DamagedImage.cutOff(FORMAT, "its values lie beyond its " + bytes.length() + " bytes");
        }
        entries.putIfAbsent(bytes.u16(entry, bigEndian), new Entry(type, count, at));
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** A whole number, or another one where the tag is not there. */
    public long number(int tag, long otherwise) throws DamagedImage {
        Entry entry = entries.get(tag);
        return entry == null || entry.count == 0 ? otherwise : value(entry, 0);
    }

    /** Whole numbers; none where the tag is not there. */
    public long[] numbers(int tag) throws DamagedImage {
        Entry entry = entries.get(tag);
        long[] numbers = new long[entry == null ? 0 : (int) entry.count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = value(entry, i);
        }
        return numbers;
    }

    String text(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? "" : bytes.latin1(entry.at, entry.count);
    }

    private long value(Entry entry, int index) throws DamagedImage {
        return switch (entry.type) {
            case 1, 7 -> bytes.u8(entry.at + index);
            case 3, 8 -> bytes.u16(entry.at + 2L * index, bigEndian);
            case 4, 9 -> bytes.u32(entry.at + 4L * index, bigEndian);
            default -> throw DamagedImage.damaged(FORMAT, "a whole number is of type " + entry.type);
        };
    }
}
