package org.elasticvision.runtime.engine.onnx.plugin;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.plugin.Observation;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * Sees what a plug-in does with a model: OpenVINO's takes the option {@code precision=FP32} and computes in bfloat16 all the same. The
 * answer to a probe image is compared with that of ONNX Runtime's own float32.
 */
public final class PluginCheck {
    /** No rounding explains more: bfloat16 has 0.004 in the deepest of the networks. */
    private static final double WRONG = 0.25;

    private PluginCheck() {}

    /**
     * Checks an open model.
     *
     * @param file it was opened from
     * @param engine the plug-in's; closed where this refuses
     * @param options how it was opened
     * @param device what runs it, in words
     * @param reference opens the model on the processor, in float32; closed here
     * @return the engine, which can say what was seen
     * @throws ModelException where float32 was asked and another precision is seen, or the answers are wrong
     */
    public static Engine checked(
            Path file, Engine engine, EngineOptions options, String device, Supplier<Engine> reference) {
        try {
            boolean exact =
                    ModelInfo.precision(engine.metadata()).orElse("fp32").equals("fp32");
            Observation seen =
                    new Observation(device, exact ? difference(file, engine, reference) : OptionalDouble.empty());
            refuse(file, options, seen);
            return new ObservedEngine(engine, seen);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private static void refuse(Path file, EngineOptions options, Observation seen) {
        double difference = seen.difference().orElse(0);
        if (!(difference <= WRONG)) {
            throw new ModelException(file + " is answered wrongly by the provider " + options.provider() + " (a probe"
                    + " image's answer differs by " + percent(difference) + " from the provider cpu's); use another"
                    + " provider, or another version of this one");
        }
        if (seen.isReduced() && options.precision() == InferencePrecision.FP32) {
            throw new ModelException(file + " is not computed in fp32 by the provider " + options.provider()
                    + " (a probe image's answer differs by " + percent(difference) + " from the provider cpu's);"
                    + " --inference-precision auto accepts it, or take out the --provider-option that asks for less");
        }
    }

    private static String percent(double difference) {
        return Double.isNaN(difference) ? "NaN" : String.format(Locale.ROOT, "%.2g %%", difference * 100);
    }

    private static OptionalDouble difference(Path file, Engine engine, Supplier<Engine> reference) {
        int batch = engine.inputShape().batch() == TensorShape.ANY
                ? 1
                : engine.inputShape().batch();
        FloatBuffer probe = probe(engine.inputShape().sized(batch, file.toString()));
        FloatBuffer answer = answer(file, engine, probe, batch);
        try (Engine exact = reference.get()) {
            return OptionalDouble.of(distance(answer, answer(file, exact, probe, batch)));
        }
    }

    /** Noise of the kind that a normalised image is. */
    private static FloatBuffer probe(TensorShape shape) {
        FloatBuffer values = DirectBuffers.floats(shape.elements());
        Random random = new Random(1);
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, (float) random.nextGaussian());
        }
        return values;
    }

    private static FloatBuffer answer(Path file, Engine engine, FloatBuffer probe, int batch) {
        FloatBuffer answer = DirectBuffers.floats(
                engine.outputShape().sized(batch, file.toString()).elements());
        engine.run(probe, answer, batch);
        return answer;
    }

    private static double distance(FloatBuffer answer, FloatBuffer exact) {
        double differences = 0;
        double squares = 0;
        for (int i = 0; i < exact.capacity(); i++) {
            double difference = answer.get(i) - (double) exact.get(i);
            differences += difference * difference;
            squares += exact.get(i) * (double) exact.get(i);
        }
        return differences == 0 ? 0 : Math.sqrt(differences / squares);
    }
}
