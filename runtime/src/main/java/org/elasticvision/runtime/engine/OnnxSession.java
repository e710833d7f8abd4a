package org.elasticvision.runtime.engine;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A session of ONNX Runtime and the mapped file that it reads its weights from, if it does: unmapped too early, the process
 * would crash.
 *
 * @param session as ONNX Runtime made it
 * @param weights lives as long as the session
 */
record OnnxSession(OrtSession session, Optional<ByteBuffer> weights) implements AutoCloseable {
    @Override
    public void close() throws OrtException {
        session.close();
    }
}
