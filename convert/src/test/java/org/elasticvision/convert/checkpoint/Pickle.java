package org.elasticvision.convert.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles instruction by instruction, true or hostile, and puts them into checkpoints. */
public final class Pickle {
    private static final byte[] MAGIC = {
        (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** One character per instruction, as in Python's pickle.py. */
    public Pickle op(String instructions) {
        return raw(instructions.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Pickle raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public Pickle int32(int value) {
        return raw(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    public Pickle int64(long value) {
        return raw(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    public Pickle number(long value) {
        return op("\u008a\b").int64(value);
    }

    public Pickle text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return op("X").int32(utf8.length).raw(utf8);
    }

    public Pickle global(String module, String name) {
        return op("c" + module + "\n" + name + "\n");
    }

    public Pickle tuple(long... numbers) {
        op("(");
        for (long number : numbers) {
            number(number);
        }
        return op("t");
    }

    /** A reference to a storage. */
    public Pickle storage(String type, String key, long elements) {
        return op("(").text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .number(elements)
                .op("tQ");
    }

    /** A tensor over a storage of float32. */
    public Pickle tensor(String key, long elements, long offset, long[] shape, long[] stride) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op("(")
                .storage("FloatStorage", key, elements)
                .number(offset)
                .tuple(shape)
                .tuple(stride)
                .op("\u0089}tR");
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    /** A legacy file with this value; each storage has as many floats as given, all 0. */
    public Path legacy(Path file, List<String> keys, int floats) throws IOException {
        Pickle all = new Pickle()
                .op("\u0080\u0002")
                .raw(MAGIC)
                .op(".")
                .op("\u0080\u0002M\u00e9\u0003.")
                .op("\u0080\u0002}.")
                .op("\u0080\u0002")
                .raw(bytes())
                .op(".")
                .op("\u0080\u0002](");
        keys.forEach(all::text);
        all.op("e.");
        keys.forEach(key -> all.int64(floats).raw(new byte[floats * Float.BYTES]));
        return Files.write(file, all.bytes());
    }

    public Path legacy(Path file) throws IOException {
        return legacy(file, List.of(), 0);
    }

    /** A zip file with this value; names and contents alternate in entries. */
    public Path zip(Path file, boolean stored, Object... entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(
                    zip,
                    stored,
                    "archive/data.pkl",
                    new Pickle().op("\u0080\u0002").raw(bytes()).op(".").bytes());
            for (int i = 0; i < entries.length; i += 2) {
                entry(zip, stored, (String) entries[i], (byte[]) entries[i + 1]);
            }
        }
        return file;
    }

    private static void entry(ZipOutputStream zip, boolean stored, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(stored ? ZipEntry.STORED : ZipEntry.DEFLATED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
