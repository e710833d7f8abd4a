package org.elasticvision.runtime.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether output goes to a terminal, or into a file or a pipe: as it was when this class was loaded, for afterwards the streams' numbers
 * may be led elsewhere.
 */
public final class Terminal {
    private static final boolean OUT = isTerminal(1);
    private static final boolean ERR = isTerminal(2);

    private Terminal() {}

    /** Looks now, before a stream is led elsewhere. */
    public static void remember() {
        // all is done above, once
    }

    /** {@return whether standard output is a terminal} */
    public static boolean isOut() {
        return OUT;
    }

    /** {@return whether standard error is a terminal} */
    public static boolean isErr() {
        return ERR;
    }

    /** Java only knows about input and output together; Linux tells each stream's own device. */
    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isConsole();
        }
    }

    /** From JDK 22 on there is always a console object, so it says nothing: better no progress bar than one in a file. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }
}
