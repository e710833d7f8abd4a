package org.elasticvision.samples.serve.access;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.RequestLog;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * A line for each request: the Common Log Format with the path without its query, and at the end the milliseconds. Lines are
 * appended and written at once, so that a file may be cut short by what rotates it. Thread-safe.
 */
public final class AccessLog implements AutoCloseable {
    private static final String FORMAT = "%{client}a - - %t \"%m %U %H\" %s %O %{ms}T";

    private final OutputStream out;
    private final Consumer<String> warnings;
    private boolean failed;

    private AccessLog(OutputStream out, Consumer<String> warnings) {
        this.out = out;
        this.warnings = warnings;
    }

    /**
     * Opens a log.
     *
     * @param name of a file, whose folder is made if it is missing; {@code -} for standard output
     * @param warnings receives one line when it cannot be written any more
     * @throws ElasticVisionException where the file cannot be written
     */
    public static AccessLog open(String name, PrintStream standardOutput, Consumer<String> warnings) {
        if (name.equals("-")) {
            return new AccessLog(standardOutput, warnings);
        }
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (file.getParent() != null && !Files.isDirectory(file.getParent())) {
                Files.createDirectories(file.getParent());
            }
            return new AccessLog(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), warnings);
        } catch (IOException e) {
            throw new ElasticVisionException(
                    name + " cannot be written: " + TokenFile.reason(e)
                            + "; give a file in a folder that you can write to",
                    e);
        }
    }

    /** {@return what the server calls for each request} */
    public RequestLog requestLog() {
        return new CustomRequestLog(this::write, FORMAT);
    }

    private synchronized void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                warnings.accept("the access log cannot be written: " + e.getMessage());
            }
            failed = true;
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (!(out instanceof PrintStream)) {
                out.close();
            }
        } catch (IOException e) {
            warnings.accept("the access log cannot be closed: " + e.getMessage());
        }
    }
}
