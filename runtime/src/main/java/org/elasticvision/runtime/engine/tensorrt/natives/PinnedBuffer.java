package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** Memory of the computer that stays where it is, so that a GPU copies to and from it by itself. */
final class PinnedBuffer implements Owner.Closing {
    private final Pointer address = new Pointer();
    private final FloatBuffer floats;

    PinnedBuffer(int elements) {
        long bytes = (long) elements * Float.BYTES;
        CudaCalls.check(
                cudart.cudaHostAlloc(address, bytes, cudart.cudaHostAllocDefault), bytes + " bytes of pinned memory");
        address.capacity(bytes);
        floats = address.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    Pointer address() {
        return address;
    }

    /** All of it. Not to be touched after {@link #close()}. */
    FloatBuffer floats() {
        return floats;
    }

    @Override
    public void close() {
        CudaCalls.check(cudart.cudaFreeHost(address), "freeing pinned memory");
    }
}
