package org.elasticvision.runtime.session;

import java.nio.FloatBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.elasticvision.runtime.engine.DirectBuffers;

/** Lends each call buffers of its own and takes them back: as many pairs exist as calls ever ran at once. */
public final class BufferPool {
    private final ConcurrentLinkedQueue<Buffers> idle = new ConcurrentLinkedQueue<>();
    private final int inputElements;
    private final int outputElements;

    public BufferPool(int inputElements, int outputElements) {
        this.inputElements = inputElements;
        this.outputElements = outputElements;
    }

    /** Closing gives them back. */
    public final class Buffers implements AutoCloseable {
        private final FloatBuffer input = DirectBuffers.floats(inputElements);
        private final FloatBuffer output = DirectBuffers.floats(outputElements);

        public FloatBuffer input() {
            return input;
        }

        public FloatBuffer output() {
            return output;
        }

        @Override
        public void close() {
            idle.add(this);
        }
    }

    public Buffers borrow() {
        Buffers buffers = idle.poll();
        return buffers == null ? new Buffers() : buffers;
    }
}
