package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Native objects that are freed together, the newest first. For one thread at a time. */
final class Owned implements AutoCloseable {
    private final Deque<Pointer> pointers = new ArrayDeque<>();

    /** Takes over an object, which outlives the {@code PointerScope} that its maker may have open. */
    <P extends Pointer> P add(P pointer) {
        pointer.retainReference();
        pointers.push(pointer);
        return pointer;
    }

    @Override
    public void close() {
        while (!pointers.isEmpty()) {
            pointers.pop().close();
        }
    }
}
