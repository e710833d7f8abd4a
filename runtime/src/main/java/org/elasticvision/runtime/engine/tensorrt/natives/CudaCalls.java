package org.elasticvision.runtime.engine.tensorrt.natives;

import org.bytedeco.cuda.global.cudart;
import org.elasticvision.runtime.base.ModelException;

/** Turns CUDA's return codes into exceptions. */
final class CudaCalls {
    private CudaCalls() {}

    /**
     * Lets a success pass.
     *
     * @param doing what was tried, for the message: "copying to the GPU"
     */
    static void check(int code, String doing) {
        if (code == cudart.cudaSuccess) {
            return;
        }
        String said = cudart.cudaGetErrorString(code).getString() + ", CUDA error " + code;
        if (code == cudart.cudaErrorMemoryAllocation) {
            throw new ModelException("not enough memory for " + doing
                    + "; end other programs on the GPU, or build the engine with a smaller largest batch (" + said
                    + ")");
        }
        throw new ModelException(doing + " failed: " + said
                + "; close the model and open it again, and if it stays so, see what nvidia-smi says of the GPU");
    }

    /** Makes a GPU the one that this thread's next calls are about. */
    static void select(int gpu) {
        check(cudart.cudaSetDevice(gpu), "selecting GPU " + gpu);
    }
}
