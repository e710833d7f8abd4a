package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import picocli.CommandLine;

/** Turns an exception into one human-readable line. */
public final class Failures {
    private Failures() {}

    static int report(Throwable exception, PrintWriter err, boolean verbose) {
        if (verbose) {
            exception.printStackTrace(err);
        }
        err.println("elastic: " + HelpText.withName(message(exception)));
        return CommandLine.ExitCode.SOFTWARE;
    }

    public static String message(Throwable exception) {
        if (exception instanceof ElasticVisionException) {
            return firstLine(exception.getMessage());
        }
        if (exception instanceof UncheckedIOException unchecked) {
            return message(unchecked.getCause());
        }
        if (exception instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist; check the path";
        }
        if (exception instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (exception instanceof IOException) {
            return firstLine(exception.getMessage());
        }
        if (exception instanceof OutOfMemoryError) {
            return "out of memory; give Java more with JAVA_OPTS=-Xmx4g (" + firstLine(exception.getMessage()) + ")";
        }
        if (exception instanceof LinkageError linkage) {
            Throwable root =
                    LinkErrors.rootOf(exception); // what Java puts around it only says that something went wrong
            if (root instanceof ElasticVisionException) {
                return firstLine(root.getMessage());
            }
            Optional<String> missing = Elastic.missing(linkage);
            if (missing.isPresent()) {
                return missing.get();
            }
            Optional<String> ofSystem = LinkErrors.ofSystem(exception);
            if (ofSystem.isPresent()) {
                return "a library cannot be loaded: " + ofSystem.get();
            }
            return "a library cannot be loaded: " + LinkErrors.text(exception)
                    + "; there are builds for 64-bit Linux with glibc " + LinkErrors.LEAST_GLIBC
                    + ", macOS and Windows, and the temporary folder and the home"
                    + " folder must be writable";
        }
        return "internal error: " + firstLine(exception.toString())
                + " (please report it with the output of the same command and --verbose)";
    }

    /** Of wrong usage: a line end in it comes from a value, and what is wrong stands behind that. */
    static String oneLine(String message) {
        return firstLine(message == null ? null : message.strip().replaceAll("\\R", " "));
    }

    static String firstLine(String message) {
        return message == null ? "unknown error" : message.lines().findFirst().orElse("unknown error");
    }
}
