package org.elasticvision.runtime.image.video;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;

/** Whether FFmpeg is there: the {@code elastic} command brings it, an application may. Safe for use by any number of threads. */
final class FfmpegLibrary {
    private static final int TEXT_BYTES = 128;
    private static final Pattern MISSING = Pattern.compile("(lib(?:va|drm)\\S*): cannot open shared object file");

    private FfmpegLibrary() {}

    /** Loads it, once; only here are its classes touched for the first time. */
    private static final class Loaded {
        static final Optional<String> PROBLEM = load();

        private Loaded() {}

        private static Optional<String> load() {
            try {
                UnpackedLibraries.load();
                for (Class<?> library : new Class<?>[] {avutil.class, swscale.class, avcodec.class, avformat.class}) {
                    Loader.load(library);
                }
                avutil.av_log_set_level(avutil.AV_LOG_QUIET); // what matters is said in exceptions
                return Optional.empty();
            } catch (LinkageError e) {
                return Optional.of(LinkErrors.ofSystem(e)
                        .or(() -> missing(e))
                        .orElseGet(() -> "put the jars of org.bytedeco ffmpeg and javacpp for " + Loader.getPlatform()
                                + " on the class path"));
            }
        }
    }

    /** Presets of some platforms lack libva, of which their FFmpeg needs nothing here. */
    static Optional<String> missing(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Matcher library = MISSING.matcher(String.valueOf(cause.getMessage()));
            if (library.find()) {
                return Optional.of("it needs " + library.group(1)
                        + ", which this machine lacks; install libva and libdrm (Debian: apt install libva-drm2)");
            }
        }
        return Optional.empty();
    }

    /** {@return what to do where it cannot be used; empty where it can} */
    static Optional<String> problem() {
        return Loaded.PROBLEM;
    }

    /** {@return the version, such as 8.0.1} */
    static String version() {
        return avutil.av_version_info().getString();
    }

    /** {@return FFmpeg's words for an error} */
    static String text(int error) {
        byte[] text = new byte[TEXT_BYTES];
        avutil.av_strerror(error, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Checks what FFmpeg returns.
     *
     * @param result negative for an error
     * @param problem what has failed then, before FFmpeg's own words
     * @throws ElasticVisionException if it is an error
     */
    static void check(int result, String problem) {
        if (result < 0) {
            throw new ElasticVisionException(problem + " (" + text(result) + ")");
        }
    }
}
