package org.elasticvision.convert.tensorrt;

import java.nio.ByteBuffer;
import java.util.List;

/** An engine that was just built, in native memory that it owns. */
public interface BuiltEngine extends AutoCloseable {
    /** {@return the contents of the engine file, readable until this is closed} */
    ByteBuffer contents();

    /** {@return what was measured, to be given to later builds; empty where TensorRT tells nothing} */
    byte[] timingCache();

    /** {@return what the person should know though it succeeded, each one line} */
    List<String> notes();

    @Override
    void close();
}
