package org.elasticvision.runtime.engine.tensorrt;

import java.nio.FloatBuffer;
import org.elasticvision.runtime.engine.TensorShape;

/** A network on a GPU with one float32 input and one float32 output. Its owner closes its contexts first. */
interface NativeEngine extends Owner.Closing {
    /** The batch is {@link TensorShape#ANY} where the engine leaves it open. */
    TensorShape inputShape();

    TensorShape outputShape();

    /** What the engine itself allows. */
    BatchRange batch();

    /**
     * Reserves what one run needs, on the GPU and off it, for the largest batch.
     *
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
