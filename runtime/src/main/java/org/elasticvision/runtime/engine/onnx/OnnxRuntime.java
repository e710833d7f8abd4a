package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;

/** Whether ONNX Runtime is there, and what it can run on. Safe for use by any number of threads. */
final class OnnxRuntime {
    static final String NAME = "ONNX Runtime";

    private OnnxRuntime() {}

    /**
     * What was found.
     *
     * @param version such as {@code 1.29.0}; empty where it cannot be loaded
     * @param providers what this build can run on, such as {@code CPU}; whether their own libraries are there is not said
     * @param problem why it cannot be loaded, one line; empty where it was
     */
    record Status(Optional<String> version, List<String> providers, Optional<String> problem) {
        Status {
            providers = List.copyOf(providers);
        }
    }

    /** Loads the library. Never fails: what goes wrong is in the answer. */
    static Status status() {
        try {
            return Library.status();
        } catch (LinkageError e) {
            return failed("its Java classes cannot be loaded: " + e);
        } catch (ElasticVisionException e) {
            return failed(e.getMessage());
        }
    }

    private static Status failed(String problem) {
        return new Status(Optional.empty(), List.of(), Optional.of(problem));
    }

    /** All that touches ONNX Runtime's classes, so that {@link OnnxRuntime} itself always loads. */
    private static final class Library {
        private Library() {}

        static Status status() {
            String version = OnnxSessions.environment().getVersion();
            List<String> providers = OrtEnvironment.getAvailableProviders().stream()
                    .map(Enum::name)
                    .toList();
            return new Status(Optional.of(version), providers, Optional.empty());
        }
    }

    /** For the doctor. */
    static final class LibraryCheckup implements Checkup {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public int order() {
            return 30;
        }

        @Override
        public boolean isolated() {
            return true;
        }

        @Override
        public List<Finding> examine() {
            return List.of(finding(status()));
        }
    }

    static Finding finding(Status status) {
        if (status.problem().isPresent()) {
            return Finding.broken(NAME, status.problem().get())
                    .withRemedy("put com.microsoft.onnxruntime:onnxruntime:" + Dependencies.version("onnxruntime")
                            + " on the class path; the temporary folder must allow programs (no noexec)");
        }
        return Finding.ok(NAME)
                .withVersion(status.version().orElse("unknown"))
                .withDetail("providers: " + String.join(", ", status.providers()));
    }
}
