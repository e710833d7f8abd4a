package org.elasticvision.convert.checkpoint.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.elasticvision.runtime.base.IOConsumer;

/**
 * A zip file as torch.save writes it: entries are stored, not compressed, and the data of each begins at a multiple of 64
 * bytes, where PyTorch's {@code mmap=True} wants it. PyTorch pads with an extra field named FB that is full of the letter Z,
 * and so does this. Sizes of 4 GiB and more, and more than 65,535 entries, take the zip64 form by themselves.
 */
public final class AlignedZip {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int FIELD_HEADER_BYTES = 4;
    private static final int ZIP64_FIELD_BYTES = 20;
    private static final long ZIP64_SIZE = 0xffffffffL;
    private static final short FIELD = 0x4246;
    /** A fixed time, so that equal contents make equal files. */
    private static final LocalDateTime TIME = LocalDateTime.of(2019, 6, 16, 0, 0);

    private final Counter counter;
    private final ZipOutputStream zip;

    public AlignedZip(OutputStream out) {
        counter = new Counter(out);
        zip = new ZipOutputStream(counter, StandardCharsets.UTF_8);
    }

    public void add(String name, byte[] content) throws IOException {
        add(name, content.length, out -> out.write(content));
    }

    /**
     * Adds an entry.
     *
     * @param content writes its bytes; asked twice, as the checksum comes before them
     */
    public void add(String name, long size, IOConsumer<? super OutputStream> content) throws IOException {
        CRC32 crc = new CRC32();
        content.accept(new OutputStream() {
            @Override
            public void write(int b) {
                crc.update(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                crc.update(bytes, offset, length);
            }
        });
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        entry.setExtra(padding(name, size));
        zip.putNextEntry(entry);
        content.accept(zip);
        zip.closeEntry();
    }

    /** Writes the directory; the stream stays open. */
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    private byte[] padding(String name, long size) {
        long unpadded = counter.written
                + LOCAL_HEADER_BYTES
                + name.getBytes(StandardCharsets.UTF_8).length
                + (size >= ZIP64_SIZE ? ZIP64_FIELD_BYTES : 0)
                + FIELD_HEADER_BYTES;
        int letters = (int) Math.floorMod(-unpadded, (long) ALIGNMENT);
        byte[] field = new byte[FIELD_HEADER_BYTES + letters];
        Arrays.fill(field, (byte) 'Z');
        ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN).putShort(FIELD).putShort((short) letters);
        return field;
    }

    /** Knows how much has been written, which a zip stream does not tell. */
    private static final class Counter extends FilterOutputStream {
        private long written;

        Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }
    }
}
