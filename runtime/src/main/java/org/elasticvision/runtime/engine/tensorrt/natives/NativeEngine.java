package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;

/** A network on a GPU with one float32 input and one float32 output. Its owner closes its contexts first. */
public interface NativeEngine extends Owner.Closing {
    /**
     * Loads an engine onto a GPU. Without a GPU this would crash the JVM: only where {@link org.elasticvision.runtime.gpu.Cuda}
     * and {@link org.elasticvision.runtime.gpu.TensorRt} have found nothing wrong.
     *
     * @param file the engine
     * @param gpu counted from 0
     * @param hostCode whether code for the CPU inside the file may run, as engines for several versions of TensorRT have
     * @return the engine, to be closed by the caller
     * @throws org.elasticvision.runtime.base.ModelException where TensorRT refuses it
     */
    static NativeEngine load(Path file, int gpu, boolean hostCode) {
        return LoadedEngine.load(file, gpu, hostCode);
    }

    /** {@return the input, whose batch is {@link TensorShape#ANY} where the engine leaves it open} */
    TensorShape inputShape();

    /** {@return the output, likewise} */
    TensorShape outputShape();

    /** {@return what the engine itself allows} */
    BatchRange batch();

    /**
     * Reserves what one run needs, on the GPU and off it, for the largest batch.
     *
     * @return runs batches
     * @throws org.elasticvision.runtime.base.ModelException where there is not enough memory
     */
    Context newContext();

    /** Runs batches, one at a time. */
    interface Context extends Owner.Closing {
        /**
         * Runs a batch.
         *
         * @param input the items; all of it is read
         * @param output receives as many; all of it is written
         * @param batch that the network is run with, at least as many as there are items; what the others are is open
         * @throws org.elasticvision.runtime.base.ModelException where it fails
         */
        void run(FloatBuffer input, FloatBuffer output, int batch);
    }
}
