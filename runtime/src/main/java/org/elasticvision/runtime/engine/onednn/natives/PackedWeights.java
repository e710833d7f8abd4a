package org.elasticvision.runtime.engine.onednn.natives;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The weights of one model in the layouts that its plans want, each packed once and shared by all of them; or read from a file where they
 * were packed before. Safe for use by any number of threads; closed after the plans.
 */
public final class PackedWeights implements AutoCloseable {
    private final List<PackedFile.Entry> packed = new ArrayList<>(); // guarded by this
    private final Owned owned = new Owned(); // guarded by this

    /** Held, as it is unmapped when Java's collector finds it unused. */
    @SuppressWarnings("UnusedVariable")
    private final ByteBuffer mapped;

    private int added; // guarded by this

    /** None yet. */
    public PackedWeights() {
        mapped = null;
    }

    /**
     * Those that were written by {@link #write}.
     *
     * @param file mapped; what it holds is trusted, so its checksum must have been looked at
     * @throws IOException where it is not such a file
     */
    public PackedWeights(ByteBuffer file) throws IOException {
        mapped = file;
        try {
            packed.addAll(PackedFile.read(file, owned));
        } catch (IOException | BufferUnderflowException | NegativeArraySizeException e) {
            owned.close();
            throw new IOException("not packed weights", e);
        }
    }

    /** Plain weights, made when they are needed. */
    interface Plain<A> {
        A make();
    }

    /**
     * {@return weights in a layout}
     *
     * @param key of the step, which no other has
     * @param plain what they are in the order of the file
     * @param from the layout of that
     * @param to the layout that is wanted; copied
     */
    synchronized memory floats(String key, Plain<float[]> plain, memory.desc from, memory.desc to, stream queue) {
        memory known = find(key, to);
        if (known != null) {
            return known;
        }
        try (FloatPointer values = new FloatPointer(plain.make())) {
            return pack(key, values, from, to, queue);
        }
    }

    /** As {@link #floats}, of signed 8-bit codes. */
    synchronized memory codes(String key, Plain<byte[]> plain, memory.desc from, memory.desc to, stream queue) {
        memory known = find(key, to);
        if (known != null) {
            return known;
        }
        try (BytePointer values = new BytePointer(plain.make())) {
            return pack(key, values, from, to, queue);
        }
    }

    private memory find(String key, memory.desc layout) {
        return packed.stream()
                .filter(one -> one.key().equals(key) && one.layout().equals(layout))
                .map(PackedFile.Entry::weights)
                .findFirst()
                .orElse(null);
    }

    private memory pack(String key, Pointer values, memory.desc from, memory.desc to, stream queue) {
        memory.desc layout = owned.add(new memory.desc(to));
        memory target = owned.add(new memory(layout, OneDnn.cpu()));
        try (memory source = new memory(from, OneDnn.cpu(), values);
                reorder packing = new reorder(source, target)) {
            packing.execute(queue, source, target);
            queue._wait();
        }
        packed.add(new PackedFile.Entry(key, layout, target));
        added++;
        return target;
    }

    /** {@return whether some were packed here, not read from a file} */
    public synchronized boolean hasNew() {
        return added > 0;
    }

    /**
     * Writes all that there are.
     *
     * @param file does not exist yet
     * @throws IOException where it cannot be written
     */
    public synchronized void write(Path file) throws IOException {
        PackedFile.write(file, packed);
    }

    @Override
    public synchronized void close() {
        packed.clear();
        owned.close();
    }
}
