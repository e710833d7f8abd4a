package org.elasticvision.runtime.engine.auto;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;

/** An engine, with why it was taken. */
record ChosenEngine(Engine engine, EngineChoice made) implements Engine {
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
        return engine.observation();
    }

    @Override
    public Optional<EngineChoice> choice() {
        return Optional.of(made);
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
        return engine + ", chosen by auto: " + made.reason();
    }
}
