package org.elasticvision.runtime.gpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads which libraries another one names as needed, without loading it: 64-bit little-endian ELF, as on Linux. */
public final class NeededLibraries {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int NEEDED = 1;
    private static final int STRING_TABLE = 5;
    private static final int LONGEST_NAME = 256;
    private static final int MOST_BYTES = 1 << 20;

    private NeededLibraries() {}

    /**
     * {@return the names, such as {@code libcudart.so.13}, in the order of the file}
     *
     * @param file the library
     * @throws IOException if it cannot be read, or is not such a library
     */
    public static List<String> of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = read(channel, 0, HEADER);
            // 0x7f, E, L, F, then 64 bits, little-endian
            if (header.getInt(0) != 0x464c457f || header.get(4) != 2 || header.get(5) != 1) {
                throw new IOException(file + " is not a library for 64-bit Linux");
            }
            int count = Short.toUnsignedInt(header.getShort(56));
            return names(channel, read(channel, header.getLong(32), count * PROGRAM_HEADER), count);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    private static List<String> names(FileChannel channel, ByteBuffer programs, int count) throws IOException {
        List<Long> offsets = new ArrayList<>();
        long strings = 0;
        for (int at = 0; at < count * PROGRAM_HEADER; at += PROGRAM_HEADER) {
            if (programs.getInt(at) == DYNAMIC) {
                int size = Math.toIntExact(Math.min(programs.getLong(at + 32), MOST_BYTES));
                ByteBuffer entries = read(channel, programs.getLong(at + 8), size);
                for (int entry = 0; entry + 16 <= size; entry += 16) {
                    long tag = entries.getLong(entry);
                    if (tag == NEEDED) {
                        offsets.add(entries.getLong(entry + 8));
                    } else if (tag == STRING_TABLE) {
                        strings = inFile(programs, count, entries.getLong(entry + 8));
                    }
                }
            }
        }
        List<String> names = new ArrayList<>();
        for (long offset : offsets) {
            names.add(text(channel, strings + offset));
        }
        return names;
    }

    /** The table of strings is given by its address in memory. */
    private static long inFile(ByteBuffer programs, int count, long address) {
        for (int at = 0; at < count * PROGRAM_HEADER; at += PROGRAM_HEADER) {
            long from = programs.getLong(at + 16);
            if (programs.getInt(at) == LOAD && address >= from && address < from + programs.getLong(at + 32)) {
                return address - from + programs.getLong(at + 8);
            }
        }
        throw new IllegalArgumentException("no strings");
    }

    private static String text(FileChannel channel, long offset) throws IOException {
        int size = Math.toIntExact(Math.max(0, Math.min(LONGEST_NAME, channel.size() - offset)));
        String text =
                StandardCharsets.ISO_8859_1.decode(read(channel, offset, size)).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static ByteBuffer read(FileChannel channel, long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, offset + bytes.position());
            if (count < 0) {
                throw new IOException("the file ends too soon");
            }
        }
        return bytes.flip();
    }
}
