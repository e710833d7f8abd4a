package org.elasticvision.convert.checkpoint.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of a zip file and where in the file they lie, which java.util.zip does not tell. With zip64; entries
 * are stored as they are, as those of torch.save, or compressed with deflate.
 */
public final class ZipDirectory {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
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

    private record Entry(int flags, int method, int checksum, long compressed, long size, long header) {}

    private final CheckpointFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, ZipEntryBytes> opened = new HashMap<>();
    private boolean trusted;

    private ZipDirectory(CheckpointFile file) {
        this.file = file;
    }

    public static ZipDirectory read(CheckpointFile file) {
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

    public boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** The names, those of the smallest entries first. */
    public List<String> smallestFirst() {
        return entries.keySet().stream()
                .sorted(Comparator.comparingLong(name -> entries.get(name).size))
                .toList();
    }

    /** An entry, whose place in the file has been checked. */
    public ZipEntryBytes entry(String name) {
        ZipEntryBytes entry = opened.computeIfAbsent(name, this::open);
        if (trusted) {
            entry.trust();
        }
        return entry;
    }

    /** Leaves all checksums out of account from now on. */
    public void trust() {
        trusted = true;
    }

    /** Where the bytes of an entry lie, if they are not compressed. */
    public Optional<Region> stored(String name) {
        return entries.get(name).method == STORED ? Optional.of(data(name)) : Optional.empty();
    }

    private ZipEntryBytes open(String name) {
        Entry entry = entries.get(name);
        if ((entry.flags & 1) != 0) {
            throw file.problem("its entry " + name + " is encrypted; save it again with torch.save");
        }
        if (entry.method != STORED && entry.method != DEFLATED) {
            throw file.problem("its entry " + name + " is compressed in a way that is not read (method " + entry.method
                    + "); unpack the file and pack it again without compression (zip -0 -r)");
        }
        Region region = data(name);
        StorageBytes bytes =
                entry.method == STORED ? StorageBytes.in(file, region) : new Deflated(file, name, region, entry.size);
        return new ZipEntryBytes(file, name, bytes, entry.size, entry.checksum);
    }

    private Region data(String name) {
        Entry entry = entries.get(name);
        checked(entry.header, LOCAL_BYTES);
        ByteBuffer local = file.read(entry.header, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL || entry.size < 0 || (entry.method == STORED && entry.compressed != entry.size)) {
            throw damaged();
        }
        long names = Short.toUnsignedLong(local.getShort(26)) + Short.toUnsignedLong(local.getShort(28));
        return checked(entry.header + LOCAL_BYTES + names, entry.compressed);
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
        Entry entry = new Entry(flags, method, buffer.getInt(start + 16), compressed, size, header);
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
