package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.elasticvision.runtime.engine.DirectBuffers;

/** Lends each call buffers of its own and takes them back: as many pairs exist as calls ever ran at once. */
final class BufferPool {
    private final ConcurrentLinkedQueue<Buffers> idle = new ConcurrentLinkedQueue<>();
    private final int inputElements;
    private final int outputElements;

    BufferPool(int inputElements, int outputElements) {
        this.inputElements = inputElements;
        this.outputElements = outputElements;
    }

    /** Closing gives them back. */
    final class Buffers implements AutoCloseable {
        private final FloatBuffer input = DirectBuffers.floats(inputElements);
        private final FloatBuffer output = DirectBuffers.floats(outputElements);

        FloatBuffer input() {
            return input;
        }

        FloatBuffer output() {
            return output;
        }

        @Override
        public void close() {
            idle.add(this);
        }
    }

    Buffers borrow() {
        Buffers buffers = idle.poll();
        return buffers == null ? new Buffers() : buffers;
    }
}
