package org.elasticvision.convert.compare.reduce;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;

/** What runs a model once. */
@FunctionalInterface
public interface Runner {
    /**
     * Runs a model of one float32 input and one float32 output.
     *
     * @param model an ONNX file
     * @param input its first dimension is the batch, for a fixed one repeated as often as needed
     * @return the output
     * @throws ModelException if it cannot be opened or run
     */
    Tensor run(Path model, Tensor input);

    /**
     * {@return one that opens each model in an engine}
     *
     * @param options how it is opened
     */
    static Runner of(EngineOptions options) {
        return (model, input) -> {
            try (Engine engine = Engine.open(model, options)) {
                TensorShape shape = fitting(model, engine.inputShape(), input.shape());
                FloatBuffer values = DirectBuffers.floats(shape.elements());
                while (values.hasRemaining()) {
                    values.put(input.values());
                }
                TensorShape answered = engine.outputShape().withBatch(shape.batch());
                FloatBuffer output = DirectBuffers.floats(answered.elements());
                engine.run(values, output, shape.batch());
                float[] copy = new float[answered.elements()];
                output.clear().get(copy);
                return new Tensor(answered, copy);
            }
        };
    }

    private static TensorShape fitting(Path model, TensorShape wanted, TensorShape given) {
        int batch = wanted.batch() == TensorShape.ANY ? given.batch() : wanted.batch();
        if (!wanted.withBatch(given.batch()).equals(given) || batch % given.batch() != 0) {
            throw new ModelException(model + " takes an input of " + wanted + ", and " + given
                    + " was given; prepare it for this model");
        }
        return given.withBatch(batch);
    }
}
