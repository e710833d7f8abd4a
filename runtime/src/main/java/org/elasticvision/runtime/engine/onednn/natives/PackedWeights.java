package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The weights of one model in the layouts that its plans want, each packed once and shared by all of them. Safe for use by any number of
 * threads; closed after the plans.
 */
public final class PackedWeights implements AutoCloseable {
    private final IdentityHashMap<Object, List<Packed>> packed = new IdentityHashMap<>();
    private final Owned owned = new Owned();

    private record Packed(memory.desc layout, memory weights) {}

    /** Plain weights, made when they are needed. */
    interface Plain<A> {
        A make();
    }

    /**
     * {@return weights in a layout}
     *
     * @param key of the step
     * @param plain what they are in the order of the file
     * @param from the layout of that
     * @param to the layout that is wanted; copied
     */
    synchronized memory floats(Object key, Plain<float[]> plain, memory.desc from, memory.desc to, stream queue) {
        memory known = find(key, to);
        if (known != null) {
            return known;
        }
        try (FloatPointer values = new FloatPointer(plain.make())) {
            return pack(key, values, from, to, queue);
        }
    }

    /** As {@link #floats}, of signed 8-bit codes. */
    synchronized memory codes(Object key, Plain<byte[]> plain, memory.desc from, memory.desc to, stream queue) {
        memory known = find(key, to);
        if (known != null) {
            return known;
        }
        try (BytePointer values = new BytePointer(plain.make())) {
            return pack(key, values, from, to, queue);
        }
    }

    private memory find(Object key, memory.desc layout) {
        return packed.getOrDefault(key, List.of()).stream()
                .filter(one -> one.layout.equals(layout))
                .map(Packed::weights)
                .findFirst()
                .orElse(null);
    }

    private memory pack(Object key, Pointer values, memory.desc from, memory.desc to, stream queue) {
        memory.desc layout = owned.add(new memory.desc(to));
        memory target = owned.add(new memory(layout, OneDnn.cpu()));
        try (memory source = new memory(from, OneDnn.cpu(), values);
                reorder packing = new reorder(source, target)) {
            packing.execute(queue, source, target);
            queue._wait();
        }
        packed.computeIfAbsent(key, one -> new ArrayList<>()).add(new Packed(layout, target));
        return target;
    }

    @Override
    public synchronized void close() {
        packed.clear();
        owned.close();
    }
}
