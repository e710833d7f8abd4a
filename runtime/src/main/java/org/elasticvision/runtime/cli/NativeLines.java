package org.elasticvision.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.cli.output.Terminal;

/**
 * What native libraries write to standard error past Java, such as libjpeg's "Corrupt JPEG data: 7 extraneous bytes before
 * marker 0xd9" and libpng's "IDAT: incorrect data check": it names no file, and what matters of it an exception says too.
 * They cannot be told to be silent, but their stream can be led away, with another one for what Java says.
 */
public final class NativeLines {
    private static final Path STANDARD_OUTPUT = Path.of("/dev/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/dev/fd/2");

    private NativeLines() {}

    /**
     * Drops all that does not come from {@link System#err}, where standard error is a terminal or a pipe. Of files and sockets
     * it is left as it is: a file may be that of standard output too, and a second stream would not share its position.
     */
    static void drop() {
        if (canBeLedAway(STANDARD_ERROR)) {
            Terminal.remember();
            try {
                System.setErr(stream(STANDARD_ERROR, "stderr.encoding"));
                // Java never frees the number 2, but points it to /dev/null
                new FileOutputStream(FileDescriptor.err).close();
            } catch (IOException notToBeOpened) {
                // a socket, or another user's terminal
            }
        }
    }

    /**
     * The same of standard output, for commands with a library that writes there. What is printed must be printed to the new {@link
     * System#out}.
     */
    public static void dropFromOutput() {
        if (canBeLedAway(STANDARD_OUTPUT)) {
            Terminal.remember();
            try {
                System.out.flush();
                System.setOut(stream(STANDARD_OUTPUT, "stdout.encoding"));
                new FileOutputStream(FileDescriptor.out).close();
            } catch (IOException notToBeOpened) {
                // as above
            }
        }
    }

    private static boolean canBeLedAway(Path descriptor) {
        return Files.exists(descriptor) && !Files.isRegularFile(descriptor);
    }

    private static PrintStream stream(Path descriptor, String encoding) throws IOException {
        return new PrintStream(new FileOutputStream(descriptor.toFile(), true), true, charset(encoding));
    }

    /** As Java chooses it for its own stream. */
    private static Charset charset(String encoding) {
        String name = System.getProperty(encoding, System.getProperty("sun." + encoding));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
