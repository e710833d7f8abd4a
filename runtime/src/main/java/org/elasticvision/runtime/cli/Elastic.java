package org.elasticvision.runtime.cli;

import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Dependencies;

/**
 * The {@code elastic} command as Java starts it. Loads where picocli does not: who embeds the runtime does without it.
 */
public final class Elastic {
    private Elastic() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        int exitCode;
        try {
            exitCode = ElasticCommandLine.run(args);
        } catch (NoClassDefFoundError e) {
            System.err.println("elastic: " + missing(e).orElseThrow(() -> e));
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /** What to add where a library of the command line is not on the class path. */
    static Optional<String> missing(LinkageError error) {
        String name = String.valueOf(error.getMessage()).replace('/', '.');
        boolean ours =
                name.startsWith("picocli.") || name.startsWith("me.tongfei.") || name.startsWith("org.HdrHistogram.");
        return error instanceof NoClassDefFoundError && ours
                ? Optional.of(
                        "the command line needs libraries that the runtime alone does not bring: put info.picocli:picocli:"
                                + Dependencies.version("picocli") + ", me.tongfei:progressbar:"
                                + Dependencies.version("progressbar") + " and org.hdrhistogram:HdrHistogram:"
                                + Dependencies.version("hdrhistogram") + " on the class path (" + name
                                + " is not there)")
                : Optional.empty();
    }
}
