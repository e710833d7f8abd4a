package org.elasticvision.runtime.engine.onednn.natives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Packed weights in a file, for one version of oneDNN and one processor: a list of layouts, then the weights, each at a multiple of 64
 * bytes, so that the file can be mapped and used as it is. Stateless.
 */
final class PackedFile {
    private static final int ALIGNMENT = 64;

    private PackedFile() {}

    /**
     * Weights in a layout.
     *
     * @param key of the step
     */
    record Entry(String key, memory.desc layout, memory weights) {}

    /** Writes all to a new file. */
    static void write(Path file, List<Entry> entries) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> layouts = new ArrayList<>();
        int header = Integer.BYTES;
        for (Entry entry : entries) {
            byte[] key = entry.key.getBytes(StandardCharsets.UTF_8);
            byte[] layout = bytes(entry.layout);
            keys.add(key);
            layouts.add(layout);
            header += 2 * Integer.BYTES + 2 * Long.BYTES + key.length + layout.length;
        }
        ByteBuffer head = ByteBuffer.allocate(header).order(ByteOrder.nativeOrder());
        head.putInt(entries.size());
        long offset = aligned(header);
        for (int i = 0; i < entries.size(); i++) {
            long size = entries.get(i).layout.get_size();
            head.putInt(keys.get(i).length).put(keys.get(i));
            head.putInt(layouts.get(i).length).put(layouts.get(i));
            head.putLong(offset).putLong(size);
            offset = aligned(offset + size);
        }
        head.flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long end = write(channel, head, 0);
            for (Entry entry : entries) {
                BytePointer values = new BytePointer(new Pointer(entry.weights.get_data_handle()));
                end = write(channel, values.capacity(entry.layout.get_size()).asByteBuffer(), aligned(end));
            }
            write(channel, ByteBuffer.allocate((int) (aligned(end) - end)), end);
        }
    }

    private static long write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long end = position;
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
        return end;
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The layout as oneDNN itself writes it down. */
    private static byte[] bytes(memory.desc layout) throws IOException {
        try (SizeTPointer size = new SizeTPointer(1)) {
            require(dnnl.dnnl_memory_desc_get_blob((byte[]) null, size, layout.get()));
            byte[] blob = new byte[Math.toIntExact(size.get())];
            require(dnnl.dnnl_memory_desc_get_blob(blob, size, layout.get()));
            return blob;
        }
    }

    /**
     * Reads what was written.
     *
     * @param file mapped; its checksum is right
     * @param owned gets all native objects
     */
    static List<Entry> read(ByteBuffer file, Owned owned) throws IOException {
        ByteBuffer head = file.duplicate().order(ByteOrder.nativeOrder()).rewind();
        BytePointer start = owned.add(new BytePointer(file.duplicate().rewind()));
        List<Entry> entries = new ArrayList<>();
        int count = head.getInt();
        for (int i = 0; i < count; i++) {
            String key = new String(bytes(head), StandardCharsets.UTF_8);
            dnnl_memory_desc raw = new dnnl_memory_desc();
            require(dnnl.dnnl_memory_desc_create_with_blob(raw, bytes(head)));
            memory.desc layout = owned.add(new memory.desc(raw));
            long offset = head.getLong();
            long size = head.getLong();
            if (offset < 0 || size != layout.get_size() || offset > file.capacity() - size) {
                throw new IOException("weights that are not whole");
            }
            memory weights =
                    owned.add(new memory(layout, OneDnn.cpu(), new Pointer(new BytePointer(start).position(offset))));
            entries.add(new Entry(key, layout, weights));
        }
        return entries;
    }

    private static byte[] bytes(ByteBuffer head) {
        byte[] bytes = new byte[head.getInt()];
        head.get(bytes);
        return bytes;
    }

    private static void require(int status) throws IOException {
        if (status != dnnl.dnnl_success) {
            throw new IOException("oneDNN's status " + status);
        }
    }
}
