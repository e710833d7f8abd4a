package org.elasticvision.runtime.engine.tensorrt;

import java.util.Optional;
import org.bytedeco.cuda.global.cudnn;

/** Whether cuDNN is there, which ONNX Runtime's CUDA provider needs. Safe for use by any number of threads. */
public final class Cudnn {
    private Cudnn() {}

    /**
     * Loads the library if it is there and gives its version, such as {@code 9.19.0}. Never fails.
     *
     * @return the version; empty where the library is missing
     */
    public static Optional<String> version() {
        return LibraryVersion.of(() -> Library.version());
    }

    /** All that touches cuDNN's classes, so that {@link Cudnn} itself always loads. */
    private static final class Library {
        private Library() {}

        static long version() {
            return cudnn.cudnnGetVersion();
        }
    }
}
