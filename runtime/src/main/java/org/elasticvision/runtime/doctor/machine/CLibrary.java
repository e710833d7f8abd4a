package org.elasticvision.runtime.doctor.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.LinkErrors;

/** The C library of Linux, whose version says what libraries run there. */
final class CLibrary {
    private static final Pattern GLIBC = Pattern.compile("glibc (\\d+)\\.(\\d+)\\S*");
    private static final int PATIENCE_SECONDS = 5;

    private CLibrary() {}

    /** {@return such as {@code glibc 2.36}; empty for another one, or where it cannot be told} */
    static Optional<String> version() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder("getconf", "GNU_LIBC_VERSION")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return GLIBC.matcher(said).matches() ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether the libraries that come with this one run on a version. */
    static boolean isNewEnough(String version) {
        Matcher has = GLIBC.matcher(version);
        Matcher needs = GLIBC.matcher("glibc " + LinkErrors.LEAST_GLIBC);
        if (!has.matches() || !needs.matches()) {
            throw new IllegalArgumentException(version + " is not a version of glibc");
        }
        int major = Integer.compare(Integer.parseInt(has.group(1)), Integer.parseInt(needs.group(1)));
        return major > 0 || (major == 0 && Integer.parseInt(has.group(2)) >= Integer.parseInt(needs.group(2)));
    }
}
