package org.elasticvision.runtime.engine.plugin;

import java.util.Locale;

/**
 * What libraries are made for.
 *
 * @param system {@code Linux}, {@code Windows}, {@code macOS}, or what Java calls another one
 * @param processor {@code x86_64}, {@code aarch64}, {@link #ANY}, or what Java calls another one
 */
record Platform(String system, String processor) {
    static final String ANY = "any processor";

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String processor) {
        String lower = system.toLowerCase(Locale.ROOT);
        String name = lower.startsWith("linux")
                ? "Linux"
                : lower.startsWith("windows") ? "Windows" : lower.startsWith("mac") ? "macOS" : system;
        return new Platform(name, processor(processor));
    }

    /** By any of the names that packages and Java have for it. */
    static String processor(String name) {
        return switch (name) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "arm64", "aarch64" -> "aarch64";
            case "universal2" -> ANY;
            default -> name;
        };
    }

    boolean runs(Platform other) {
        return system.equals(other.system) && (processor.equals(other.processor) || other.processor.equals(ANY));
    }

    /** How NuGet names it, such as {@code linux-x64}. */
    String nuget() {
        String os = system.equals("Windows") ? "win" : system.equals("macOS") ? "osx" : "linux";
        return os + "-" + (processor.equals("x86_64") ? "x64" : processor.equals("aarch64") ? "arm64" : processor);
    }

    @Override
    public String toString() {
        return system + " " + processor;
    }
}
