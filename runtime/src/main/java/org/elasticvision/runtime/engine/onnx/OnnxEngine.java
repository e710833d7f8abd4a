package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.CloseGuard;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onnx.failure.OnnxFailures;

/** An ONNX file in ONNX Runtime. */
final class OnnxEngine implements Engine {
    private final Path file;
    private final Provider provider;
    private final OrtEnvironment environment;
    private final OnnxSessions.Opened opened;
    private final OrtSession session;
    private final CloseGuard guard;
    private final OnnxSignature signature;
    private final Map<String, String> metadata;

    private OnnxEngine(Path file, Provider provider, OrtEnvironment environment, OnnxSessions.Opened opened)
            throws OrtException {
        this.file = file;
        this.provider = provider;
        this.environment = environment;
        this.opened = opened;
        this.session = opened.session();
        this.guard = new CloseGuard(file.toString());
        this.signature = OnnxSignature.of(file, session);
        this.metadata = readable(session.getMetadata().getCustomMetadata());
    }

    static OnnxEngine open(Path file, EngineOptions options) {
        OrtEnvironment environment = OnnxSessions.environment();
        OnnxSessions.Opened session = null;
        try {
            session = OnnxSessions.open(environment, file, options);
            return new OnnxEngine(file, options.provider(), environment, session);
        } catch (OrtException e) {
            closeAfterFailure(session, e);
            throw OnnxFailures.opening(file, options.provider(), e);
        } catch (RuntimeException e) {
            closeAfterFailure(session, e);
            throw e;
        }
    }

    /** Without entries whose text is damaged: ONNX Runtime hands these over as null. */
    private static Map<String, String> readable(Map<String, String> entries) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey() != null && entry.getValue() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void closeAfterFailure(OnnxSessions.Opened session, Exception failure) {
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public TensorShape inputShape() {
        return signature.inputShape();
    }

    @Override
    public TensorShape outputShape() {
        return signature.outputShape();
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void run(FloatBuffer input, FloatBuffer output, int batch) {
        TensorShape inputs = inputShape().sized(batch, file.toString());
        TensorShape outputs = outputShape().sized(batch, file.toString());
        FloatBuffer in = DirectBuffers.view("input", input, inputs.elements());
        FloatBuffer out = DirectBuffers.view("output", output, outputs.elements());
        try {
            guard.enter(() -> run(in, inputs, out, outputs));
        } catch (OrtException e) {
            throw OnnxFailures.running(file, e);
        }
    }

    /** Both tensors are views of the caller's buffers, so that nothing is copied; only their handles are native. */
    private void run(FloatBuffer in, TensorShape inputs, FloatBuffer out, TensorShape outputs) throws OrtException {
        try (OnnxTensor inTensor = OnnxTensor.createTensor(environment, in, longs(inputs));
                OnnxTensor outTensor = OnnxTensor.createTensor(environment, out, longs(outputs))) {
            session.run(Map.of(signature.input(), inTensor), Map.of(signature.output(), outTensor))
                    .close();
        }
    }

    private static long[] longs(TensorShape shape) {
        return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    }

    @Override
    public void close() {
        try {
            guard.close(opened::close);
        } catch (OrtException e) {
            throw new ModelException(file + " could not be closed: " + OnnxFailures.oneLine(e), e);
        }
    }

    @Override
    public String toString() {
        return "ONNX Runtime engine (" + provider + ") for " + file;
    }
}
