package org.elasticvision.runtime.engine.tensorrt;

import java.nio.file.Path;
import org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;

/** What this package needs of CUDA and TensorRT, so that all its decisions can be tried without a GPU. */
interface Platform {
    /** As {@link Cuda#status()}. */
    Cuda.Status cuda();

    /** As {@link TensorRt#status()}. */
    TensorRt.Status tensorRt();

    /**
     * Loads an engine onto a GPU; only after both of the others have found nothing wrong.
     *
     * @param hostCode whether code for the CPU inside the file may run, as engines for several versions of TensorRT have
     * @throws org.elasticvision.runtime.base.ModelException where TensorRT refuses it
     */
    NativeEngine load(Path file, int gpu, boolean hostCode);
}
