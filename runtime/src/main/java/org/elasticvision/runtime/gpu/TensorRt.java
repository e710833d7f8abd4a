package org.elasticvision.runtime.gpu;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;

/** Whether TensorRT's library is there. Safe for use by any number of threads. */
public final class TensorRt {
    private static final String JAR =
            "; in a checkout ELASTIC_MAVEN=-Ptensorrt ./elastic ... brings it too (in an application of"
                    + " your own: org.bytedeco:tensorrt with the platform's -redist classifier)";

    private TensorRt() {}

    /**
     * What was found.
     *
     * @param version of the library, such as {@code 10.15.1}; empty where it is missing
     * @param problem what is wrong and what to do about it, one line; empty where the library was loaded
     */
    public record Status(Optional<String> version, Optional<String> problem) {}

    /**
     * Loads the library if it is there. Never fails and never crashes; says nothing of GPUs: ask {@link Cuda} first.
     *
     * @return what was found
     */
    public static Status status() {
        try {
            return new Status(Optional.of(LibraryVersion.text(Library.version())), Optional.empty());
        } catch (LinkageError e) { // of a class first UnsatisfiedLinkError, from then on NoClassDefFoundError
            return new Status(Optional.empty(), Optional.of(missing(e)));
        }
    }

    /**
     * Loads the library and its ONNX parser if they are there, so that ONNX Runtime's provider finds both wherever they lie.
     *
     * @return as {@link #status()}
     */
    public static Status loadWithParser() {
        Status status = status();
        if (status.problem().isEmpty()) {
            try {
                Library.loadParser();
            } catch (LinkageError e) { // the provider will say what it lacks
                return status;
            }
        }
        return status;
    }

    private static String missing(LinkageError e) {
        String said = String.valueOf(e.getMessage());
        if (e instanceof NoClassDefFoundError && said.contains("org/bytedeco/tensorrt")) {
            return "TensorRT's Java classes are not on the class path; add the dependency org.bytedeco:tensorrt";
        }
        return GpuLibraries.firstMissing(GpuPart.TENSORRT)
                .map(missing -> missing + (missing.library().fileName().startsWith("libnvinfer") ? JAR : ""))
                .orElse("TensorRT does not load (" + said.lines().findFirst().orElse("")
                        + "); 'elastic doctor' says what is there");
    }

    /** All that touches TensorRT's classes, so that {@link TensorRt} itself always loads. */
    private static final class Library {
        private Library() {}

        static int version() {
            return nvinfer.getInferLibVersion();
        }

        static void loadParser() {
            Loader.load(nvonnxparser.class);
        }
    }
}
