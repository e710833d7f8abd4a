package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.io.FileKind;
import picocli.CommandLine;

/**
 * A command line that says what is wrong with a file of arguments ({@code @FILE}) before picocli reads it, which takes the name
 * of one that is missing for an argument, and a picture for text.
 */
final class ArgumentFileCommandLine extends CommandLine {
    private static final int MOST_BYTES = 1 << 20;

    // Of a file's mode: POSIX's <sys/stat.h>, as Linux and macOS have it.
    private static final int KIND = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int BLOCK_DEVICE = 0x6000;

    /**
     * Wraps a command, as its superclass does.
     *
     * @param command what it runs
     */
    ArgumentFileCommandLine(Object command) {
        super(command);
    }

    @Override
    public ParseResult parseArgs(String... args) {
        for (String word : args) {
            if (word.length() > 1 && word.startsWith("@") && !word.startsWith("@@")) {
                String name = word.substring(1);
                problem(name).ifPresent(problem -> {
                    throw new ParameterException(
                            this,
                            "no arguments can be read from '" + name + "': " + problem
                                    + "; where the name itself begins with @, write './" + word + "'");
                });
            }
        }
        return super.parseArgs(args);
    }

    private static boolean isDevice(Path file) throws IOException {
        try {
            int kind = (Integer) Files.getAttribute(file, "unix:mode") & KIND;
            return kind == CHARACTER_DEVICE || kind == BLOCK_DEVICE;
        } catch (UnsupportedOperationException e) { // not on such a system
            return false;
        }
    }

    private static Optional<String> problem(String name) {
        try {
            Path file = Path.of(name);
            if (!Files.exists(file)) {
                return Optional.of("there is no such file");
            }
            if (Files.isDirectory(file)) {
                return Optional.of("it is a folder");
            }
            if (!Files.isReadable(file)) {
                return Optional.of("permission denied");
            }
            if (isDevice(file)) { // which may have no end
                return Optional.of("it is a device");
            }
            if (!Files.isRegularFile(file)) { // what a shell writes for <(command), which is read once
                return Optional.empty();
            }
            return Files.size(file) > MOST_BYTES
                    ? Optional.of("it has more than 1 MB")
                    : FileKind.of(file).map(kind -> "it is " + kind);
        } catch (IOException | InvalidPathException e) {
            return Optional.of(Failures.firstLine(e.getMessage()));
        }
    }
}
