package org.elasticvision.runtime.doctor;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts this Java once more, with the same class path and settings. */
public final class JavaCommand {
    private static final List<String> KEPT = List.of("-D", "--enable-native-access", "--add-");
    /** Their port is taken by this process. */
    private static final String REMOTE_MANAGEMENT = "-Dcom.sun.management.";

    private JavaCommand() {}

    /**
     * A command for a small program.
     *
     * @param options of the JVM, such as the size of its heap and what becomes of its crashes
     */
    public static List<String> of(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(options);
        // JavaCPP counts the whole process against its limit, which otherwise follows from the small heap.
        command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        command.addAll(kept(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    static List<String> kept(List<String> options) {
        return options.stream()
                .filter(option -> KEPT.stream().anyMatch(option::startsWith))
                .filter(option -> !option.startsWith(REMOTE_MANAGEMENT))
                .toList();
    }
}
