package org.elasticvision.runtime.engine.tensorrt.natives;

import java.util.List;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.elasticvision.runtime.gpu.TensorRt;

/**
 * Receives what TensorRT says: keeps errors for the message of the exception that follows them, hands warnings on to
 * {@link System.Logger}, drops the rest. Any thread may log.
 *
 * <p>TensorRT keeps its address, not a reference: hold one until all that was made with it is closed, then close it.
 * Only where {@link TensorRt#status()} found the library.
 */
public final class TensorRtLog extends ILogger {
    private final TensorRtMessages messages = new TensorRtMessages();

    /** Called by native code, through which no exception may pass. */
    @Override
    public void log(Severity severity, String message) {
        try {
            switch (severity.intern()) {
                case kINTERNAL_ERROR, kERROR -> messages.error(message);
                case kWARNING -> messages.warning(message);
                case kINFO, kVERBOSE -> {} // how a build goes on, of no use to a reader
            }
        } catch (Throwable e) { // even an Error: the JVM would die of it
            messages.lost();
        }
    }

    /** {@return the errors since the last call of {@link #clear()}, oldest first; of many the first few} */
    public List<String> errors() {
        return messages.errors();
    }

    /** {@return the errors in one line, such as for the end of a message; where there are none, a word that says so} */
    public String summary() {
        return messages.summary();
    }

    /** Forgets the errors so far. */
    public void clear() {
        messages.clear();
    }
}
