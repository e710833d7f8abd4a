package org.elasticvision.runtime.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a process ended that should have gone on, as far as it can be known from outside. */
final class Crash {
    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "SIGILL, an instruction that this processor does not have",
            6, "SIGABRT",
            7, "SIGBUS",
            8, "SIGFPE",
            9, "SIGKILL, which the system sends when memory runs out",
            11, "SIGSEGV",
            15, "SIGTERM");

    private static final int SIGNALLED = 128;
    private static final Pattern HOTSPOT_SIGNAL = Pattern.compile("(?m)^#\\s+((?:SIG|EXCEPTION_)[A-Z_]+) ");
    private static final Pattern HOTSPOT_FRAME = Pattern.compile("(?m)^# Problematic frame:\\R# \\w\\s+(.*)$");
    private static final int LONGEST = 200;
    /** What the JVM itself says on every start, when told to by the environment. */
    private static final String PICKED_UP = "Picked up ";

    private Crash() {}

    /**
     * One line.
     *
     * @param out what the process printed
     * @param err what it printed as errors
     */
    static String describe(int exitCode, String out, String err) {
        Matcher signal = HOTSPOT_SIGNAL.matcher(out);
        if (signal.find()) {
            Matcher frame = HOTSPOT_FRAME.matcher(out);
            return shorten(signal.group(1) + (frame.find() ? " in " + frame.group(1) : ""));
        }
        return shorten(
                end(exitCode) + lastLine(err).map(line -> " (" + line + ")").orElse(""));
    }

    private static String end(int exitCode) {
        String signal = SIGNALS.get(exitCode - SIGNALLED);
        return "exit code " + exitCode + (signal == null ? "" : ", " + signal);
    }

    private static Optional<String> lastLine(String text) {
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith(PICKED_UP) && !line.startsWith("at "))
                .toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }

    private static String shorten(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
