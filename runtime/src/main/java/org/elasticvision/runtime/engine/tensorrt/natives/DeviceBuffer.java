package org.elasticvision.runtime.engine.tensorrt.natives;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** Memory of a GPU. */
final class DeviceBuffer implements Owner.Closing {
    private final Pointer address = new Pointer();

    /** On the GPU that the thread has selected. */
    DeviceBuffer(long bytes) {
        CudaCalls.check(cudart.cudaMalloc(address, bytes), bytes + " bytes of GPU memory");
    }

    Pointer address() {
        return address;
    }

    @Override
    public void close() {
        CudaCalls.check(cudart.cudaFree(address), "freeing GPU memory");
    }
}
