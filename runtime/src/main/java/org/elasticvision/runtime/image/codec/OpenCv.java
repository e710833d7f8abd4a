package org.elasticvision.runtime.image.codec;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.elasticvision.runtime.base.LinkErrors;

/** Whether OpenCV is there. Safe for use by any number of threads. */
public final class OpenCv {
    private OpenCv() {}

    /**
     * What was found.
     *
     * @param version such as {@code 4.13.0}; empty where it cannot be loaded
     * @param problem why it cannot be loaded, one line; empty where it was
     */
    public record Status(Optional<String> version, Optional<String> problem) {}

    /**
     * Loads the libraries that decode images. Never fails: what goes wrong is in the answer.
     *
     * @return what was found
     */
    public static Status status() {
        try {
            return new Status(Optional.of(Library.version()), Optional.empty());
        } catch (LinkageError e) {
            return new Status(Optional.empty(), Optional.of(LinkErrors.text(e)));
        }
    }

    /** All that touches OpenCV's classes, so that {@link OpenCv} itself always loads. */
    private static final class Library {
        private Library() {}

        static String version() {
            UnpackedLibraries.load();
            Loader.load(opencv_imgcodecs.class);
            return opencv_core.CV_VERSION();
        }
    }
}
