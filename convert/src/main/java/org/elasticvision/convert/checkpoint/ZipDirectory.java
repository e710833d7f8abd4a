package org.elasticvision.convert.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The entries of a zip file and where in the file they lie, which java.util.zip does not tell. With zip64; entries
 * must be stored, not compressed, as those of torch.save are.
 */
final class ZipDirectory {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int END64_LOCATOR = 0x07064b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR_BYTES = 20;
    private static final int MAX_COMMENT = 0xffff;
    private static final long MAX_DIRECTORY = 32L << 20;
    private static final long IN_ZIP64 = 0xffffffffL;

    private record Entry(int flags, int method, long compressed, long size, long header) {}

    private final CheckpointFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ZipDirectory(CheckpointFile file) {
        this.file = file;
    }

    static ZipDirectory read(CheckpointFile file) {
        ZipDirectory directory = new ZipDirectory(file);
        Region central = directory.central();
        ByteBuffer buffer = file.read(central.offset(), (int) central.length());
        while (buffer.remaining() >= CENTRAL_BYTES && buffer.getInt(buffer.position()) == CENTRAL) {
            directory.add(buffer);
        }
        return directory;
    }

    Set<String> names() {
        return entries.keySet();
    }

    boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** Where the data of an entry lies, checked against the file. */
    Region region(String name) {
        Entry entry = entries.get(name);
        if ((entry.flags & 1) != 0) {
            throw file.problem("its entry " + name + " is encrypted; save it again with torch.save");
        }
        if (entry.method != 0 || entry.compressed != entry.size) {
            throw file.problem("its entry " + name + " is compressed, which torch.save never does;"
                    + " save it again with torch.save");
        }
        checked(entry.header, LOCAL_BYTES);
        ByteBuffer local = file.read(entry.header, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL) {
            throw damaged();
        }
        long names = Short.toUnsignedLong(local.getShort(26)) + Short.toUnsignedLong(local.getShort(28));
        return checked(entry.header + LOCAL_BYTES + names, entry.size);
    }

    private Region central() {
        int length = (int) Math.min(file.size(), END_BYTES + MAX_COMMENT);
        long tailStart = file.size() - length;
        ByteBuffer tail = file.read(tailStart, length);
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                long size = Integer.toUnsignedLong(tail.getInt(at + 12));
                long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
                boolean hasLocator = at >= LOCATOR_BYTES && tail.getInt(at - LOCATOR_BYTES) == END64_LOCATOR;
                return hasLocator ? central64(tail.getLong(at - LOCATOR_BYTES + 8)) : directory(offset, size);
            }
        }
        throw file.problem("cut off: it has " + file.size() + " bytes and the directory at the end of the zip file is"
                + " missing; download it again");
    }

    private Region central64(long end) {
        checked(end, END64_BYTES);
        ByteBuffer buffer = file.read(end, END64_BYTES);
        if (buffer.getInt(0) != END64) {
            throw damaged();
        }
        return directory(buffer.getLong(48), buffer.getLong(40));
    }

    private Region directory(long offset, long size) {
        if (size > MAX_DIRECTORY) {
            throw file.problem("a zip file with more entries than any checkpoint has");
        }
        return checked(offset, size);
    }

    private void add(ByteBuffer buffer) {
        int start = buffer.position();
        int nameLength = Short.toUnsignedInt(buffer.getShort(start + 28));
        int extraLength = Short.toUnsignedInt(buffer.getShort(start + 30));
        int commentLength = Short.toUnsignedInt(buffer.getShort(start + 32));
        if (buffer.remaining() < CENTRAL_BYTES + nameLength + extraLength + commentLength) {
            throw damaged();
        }
        byte[] name = new byte[nameLength];
        buffer.get(start + CENTRAL_BYTES, name);
        ByteBuffer extra =
                buffer.slice(start + CENTRAL_BYTES + nameLength, extraLength).order(buffer.order());
        long size = Integer.toUnsignedLong(buffer.getInt(start + 24));
        long compressed = Integer.toUnsignedLong(buffer.getInt(start + 20));
        long header = Integer.toUnsignedLong(buffer.getInt(start + 42));
        // The zip64 field holds those of the three that did not fit, in this order.
        ByteBuffer wide = zip64(extra);
        size = size == IN_ZIP64 ? next(wide) : size;
        compressed = compressed == IN_ZIP64 ? next(wide) : compressed;
        header = header == IN_ZIP64 ? next(wide) : header;
        int flags = Short.toUnsignedInt(buffer.getShort(start + 8));
        int method = Short.toUnsignedInt(buffer.getShort(start + 10));
        Entry entry = new Entry(flags, method, compressed, size, header);
        entries.put(new String(name, StandardCharsets.UTF_8), entry);
        buffer.position(start + CENTRAL_BYTES + nameLength + extraLength + commentLength);
    }

    private static ByteBuffer zip64(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            if (id == 1) {
                return extra.limit(extra.position() + length);
            }
            extra.position(extra.position() + length);
        }
        return extra.limit(extra.position());
    }

    private long next(ByteBuffer wide) {
        if (wide.remaining() < Long.BYTES) {
            throw damaged();
        }
        return wide.getLong();
    }

    private Region checked(long offset, long length) {
        if (offset < 0 || length < 0 || offset > file.size() || length > file.size() - offset) {
            throw damaged();
        }
        return new Region(offset, length);
    }

    private CheckpointException damaged() {
        return file.problem("damaged: the directory of the zip file points beyond it; download it again");
    }
}
