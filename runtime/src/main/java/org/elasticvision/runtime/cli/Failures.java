package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.elasticvision.runtime.ElasticVisionException;
import picocli.CommandLine;

/** Turns an exception into the one line that a person reads. */
final class Failures {
    private Failures() {}

    static int report(Throwable exception, PrintWriter err, boolean verbose) {
        if (verbose) {
            exception.printStackTrace(err);
        }
        err.println("elastic: " + message(exception));
        return CommandLine.ExitCode.SOFTWARE;
    }

    static String message(Throwable exception) {
        if (exception instanceof ElasticVisionException) {
            return firstLine(exception.getMessage());
        }
        if (exception instanceof UncheckedIOException unchecked) {
            return message(unchecked.getCause());
        }
        if (exception instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
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
        if (exception instanceof LinkageError) {
            Throwable root = rootOf(exception); // what Java puts around it only says that something went wrong
            if (root instanceof ElasticVisionException) {
                return firstLine(root.getMessage());
            }
            return "a library cannot be loaded (" + firstLine(root.toString())
                    + "); there are builds for 64-bit Linux (glibc), macOS and Windows, and the temporary folder and the home"
                    + " folder must be writable";
        }
        return "internal error: " + firstLine(exception.toString())
                + " (please report it with the output of the same command and --verbose)";
    }

    private static Throwable rootOf(Throwable exception) {
        Throwable root = exception;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** What is wrong with a command line, where Java has put the replacement character for what it could not read. */
    static String usage(String message, String... args) {
        if (Arrays.stream(args).anyMatch(arg -> arg.indexOf('\uFFFD') >= 0)) {
            return "an argument has characters that Java cannot read in this locale; set LC_ALL=C.UTF-8";
        }
        return firstLine(message).replaceFirst("^Error: ", "");
    }

    static String firstLine(String message) {
        return message == null ? "unknown error" : message.lines().findFirst().orElse("unknown error");
    }
}
