package org.elasticvision.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What native libraries write to standard error past Java, such as libjpeg's "Corrupt JPEG data: 7 extraneous bytes before
 * marker 0xd9" and libpng's "IDAT: incorrect data check": it names no file, and what matters of it an exception says too.
 * They cannot be told to be silent, but their stream can be led away, with another one for what Java says.
 */
final class NativeLines {
    private static final Path STANDARD_ERROR = Path.of("/dev/fd/2");

    private NativeLines() {}

    /**
     * Drops all that does not come from {@link System#err}, where standard error is a terminal or a pipe. Of files and sockets
     * it is left as it is: a file may be that of standard output too, and a second stream would not share its position.
     */
    static void drop() {
        if (!Files.exists(STANDARD_ERROR) || Files.isRegularFile(STANDARD_ERROR)) {
            return;
        }
        try {
            System.setErr(new PrintStream(new FileOutputStream(STANDARD_ERROR.toFile(), true), true, charset()));
            // Java never frees the number 2, but points it to /dev/null
            new FileOutputStream(FileDescriptor.err).close();
        } catch (IOException notToBeOpened) {
            return; // a socket, or another user's terminal
        }
    }

    /** As Java chooses it for its own stream. */
    private static Charset charset() {
        String name = System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
