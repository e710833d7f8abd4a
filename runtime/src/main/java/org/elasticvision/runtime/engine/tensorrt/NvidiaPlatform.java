package org.elasticvision.runtime.engine.tensorrt;

import java.nio.file.Path;
import org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;

/** The real CUDA and TensorRT. */
final class NvidiaPlatform implements Platform {
    @Override
    public Cuda.Status cuda() {
        return Cuda.status();
    }

    @Override
    public TensorRt.Status tensorRt() {
        return TensorRt.status();
    }

    @Override
    public NativeEngine load(Path file, int gpu, boolean hostCode) {
        return NativeEngine.load(file, gpu, hostCode);
    }
}
