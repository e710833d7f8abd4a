package org.elasticvision.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.io.CommandText;

/** How this very command is started again, in a process of its own. */
public final class OwnCommand {
    /** The script that has started this process, if one has. */
    private static final String SCRIPT = "elasticvision.command";

    private OwnCommand() {}

    /** {@return the script that has started this process; empty where Java was started without one} */
    public static Optional<String> script() {
        return Optional.ofNullable(System.getProperty(SCRIPT)).filter(script -> !script.isEmpty());
    }

    /** {@return what stands before the name of a subcommand: the script, or Java with this class path} */
    public static List<String> words() {
        return script().map(List::of)
                .orElseGet(() -> List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-D" + CommandText.PROPERTY + "=" + System.getProperty(CommandText.PROPERTY, "elastic"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elastic.class.getName()));
    }
}
