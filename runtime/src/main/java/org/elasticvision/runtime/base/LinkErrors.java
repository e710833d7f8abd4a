package org.elasticvision.runtime.base;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a native library does not load, in one line. Stateless. */
public final class LinkErrors {
    /** What the libraries were built with; the README and the documentation say the same. */
    public static final String LEAST_GLIBC = "2.35";

    /** What the loader of Linux says where the system's C or C++ library is older than a library wants. */
    private static final Pattern TOO_OLD = Pattern.compile("version `(GLIBC|GLIBCXX|CXXABI)_([0-9.]+)' not found");

    /** What it says where there is another C library, as in Alpine Linux. */
    private static final Pattern MUSL =
            Pattern.compile("ld-linux-\\S+: No such file|Error loading shared library|Error relocating");

    /** What it says where a limit leaves no room for the library, or its folder is for data alone. */
    private static final String NOT_MAPPED = "failed to map segment from shared object";

    private LinkErrors() {}

    /**
     * {@return what the error and its causes say, the true reason and the remedy where they are known}
     *
     * @param error the error
     */
    public static String text(Throwable error) {
        return ofSystem(error).orElseGet(() -> line(rootOf(error).toString()));
    }

    /**
     * {@return what is wrong where the system cannot run the library; empty where something else is}
     *
     * @param error the error
     */
    public static Optional<String> ofSystem(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            Matcher old = TOO_OLD.matcher(said);
            if (old.find()) {
                String library = old.group(1).equals("GLIBC") ? "glibc " : "libstdc++ with " + old.group(1) + "_";
                return Optional.of("this Linux is too old: the library wants " + library + old.group(2)
                        + "; take one with glibc " + LEAST_GLIBC
                        + " or newer, such as Ubuntu 22.04, Debian 12, Fedora 36 or RHEL 10 (" + line(said) + ")");
            }
            if (MUSL.matcher(said).find()) {
                return Optional.of(
                        "this Linux has another C library than glibc, such as Alpine's musl; take one with glibc "
                                + LEAST_GLIBC + " or newer, such as Ubuntu 22.04 or Debian 12 (" + line(said) + ")");
            }
            if (said.contains(NOT_MAPPED)) {
                return Optional.of(
                        "a limit leaves too little memory for it (ulimit -v), or its folder is mounted noexec ("
                                + line(said) + ")");
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the error that began it; what Java puts around it only says that something went wrong}
     *
     * @param error the error
     */
    public static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String line(String text) {
        return text.lines().findFirst().orElse("unknown error").strip();
    }
}
