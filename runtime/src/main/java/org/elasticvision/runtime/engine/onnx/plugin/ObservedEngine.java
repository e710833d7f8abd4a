package org.elasticvision.runtime.engine.onnx.plugin;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.plugin.Observation;

/** An engine that was looked at. */
record ObservedEngine(Engine engine, Observation seen) implements Engine {
    @Override
    public TensorShape inputShape() {
        return engine.inputShape();
    }

    @Override
    public TensorShape outputShape() {
        return engine.outputShape();
    }

    @Override
    public Map<String, String> metadata() {
        return engine.metadata();
    }

    @Override
    public Optional<Observation> observation() {
        return Optional.of(seen);
    }

    @Override
    public void run(FloatBuffer input, FloatBuffer output, int batch) {
        engine.run(input, output, batch);
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return engine.toString();
    }
}
