package org.elasticvision.runtime.engine.tensorrt.natives;

import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;

/** An order in which a GPU works off what it is given, beside other such orders. */
final class CudaStream implements Owner.Closing {
    private final CUstream_st handle = new CUstream_st();

    CudaStream() {
        CudaCalls.check(cudart.cudaStreamCreateWithFlags(handle, cudart.cudaStreamNonBlocking), "making a CUDA stream");
    }

    CUstream_st handle() {
        return handle;
    }

    /** Waits until all is done; failures of what was done come out here. */
    void synchronize() {
        CudaCalls.check(cudart.cudaStreamSynchronize(handle), "running the network");
    }

    @Override
    public void close() {
        CudaCalls.check(cudart.cudaStreamDestroy(handle), "freeing a CUDA stream");
    }
}
