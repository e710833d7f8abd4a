package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onnx.failure.OnnxFailures;
import org.elasticvision.runtime.engine.onnx.file.OnnxProfile;
import org.elasticvision.runtime.io.TemporaryFolder;

/** Runs ONNX Runtime's profiler, which writes a file, and reads that. */
final class OnnxProfiler {
    private static final int WARM_UP = 3;

    private OnnxProfiler() {}

    static List<NodeTime> profile(Path file, EngineOptions options, int batch, int runs) {
        try (TemporaryFolder folder = TemporaryFolder.create("profile")) {
            return OnnxProfile.read(measure(file, options, batch, WARM_UP + runs, folder.path()), WARM_UP);
        } catch (OrtException e) {
            throw OnnxFailures.opening(file, options.provider(), e);
        } catch (IOException e) {
            throw TemporaryFolder.unusable(e);
        }
    }

    private static Path measure(Path file, EngineOptions options, int batch, int runs, Path folder)
            throws OrtException {
        OrtEnvironment environment = OnnxSessions.environment();
        try (OrtSession session = OnnxSessions.openFile(
                environment,
                file,
                options,
                settings -> settings.enableProfiling(folder.resolve("ort").toString()))) {
            OnnxSignature signature = OnnxSignature.of(file, session);
            TensorShape shape = signature.inputShape();
            TensorShape input = shape.batch() == TensorShape.ANY ? shape.withBatch(batch) : shape;
            long[] dimensions =
                    input.dimensions().stream().mapToLong(Integer::longValue).toArray();
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, noise(input), dimensions)) {
                for (int run = 0; run < runs; run++) {
                    session.run(Map.of(signature.input(), tensor)).close();
                }
            } catch (OrtException e) {
                throw OnnxFailures.running(file, e);
            }
            return Path.of(session.endProfiling());
        }
    }

    private static FloatBuffer noise(TensorShape shape) {
        FloatBuffer values = DirectBuffers.floats(Math.multiplyExact(shape.batch(), shape.itemElements()));
        Random random = new Random(1);
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, (float) random.nextGaussian());
        }
        return values;
    }
}
