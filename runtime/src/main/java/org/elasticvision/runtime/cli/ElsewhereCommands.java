package org.elasticvision.runtime.cli;

import java.util.Optional;

/** Commands of modules that are not there: a small distribution has the runtime alone, and LibTorch is not for all systems. */
final class ElsewhereCommands {
    private ElsewhereCommands() {}

    /** {@return what adds a command that this is not one of; empty where it is one of no module} */
    static Optional<String> problem(String command) {
        return switch (command) {
            case "models", "convert", "quantize", "build-engine", "verify", "compare", "extract" ->
                Optional.of("the command '" + command
                        + "' is not in this distribution of the runtime alone; take the full one,"
                        + " or put org.elasticvision:elasticvision-convert on the class path");
            case "train", "demo" ->
                Optional.of("the command '" + command + "' is not here: it needs LibTorch"
                        + (isLinuxOnArm()
                                ? ", which JavaCPP does not have for Linux on arm64; train on x86-64 or on a Mac, and"
                                        + " copy the model"
                                : "; take the full distribution, or put org.elasticvision:elasticvision-train on the"
                                        + " class path"));
            case "serve" ->
                Optional.of("the command 'serve' is not here; take a distribution that has it, or put"
                        + " org.elasticvision:elasticvision-serve on the class path");
            default -> Optional.empty();
        };
    }

    private static boolean isLinuxOnArm() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("aarch64");
    }
}
