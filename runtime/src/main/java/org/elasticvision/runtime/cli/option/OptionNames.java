package org.elasticvision.runtime.cli.option;

import java.util.Comparator;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What a record of options says of its fields, in the words of the command line that the values came from. Stateless. */
public final class OptionNames {
    private OptionNames() {}

    /**
     * Checks what was given.
     *
     * @param command whose options they are
     * @param check of {@link org.elasticvision.runtime.base.Check}, with the option as the name
     * @throws ParameterException if it fails, such as {@code --top 0 must be at least 1}
     */
    public static void check(CommandLine command, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw wrong(command, e, Map.of());
        }
    }

    /**
     * {@return wrong usage, for picocli to tell}
     *
     * @param command whose options they are
     * @param problem begins with the name of a field, such as {@code learning rate -1.0 must be above 0}
     * @param options their names by those of the fields, such as {@code --lr} by {@code learning rate}
     */
    public static ParameterException wrong(
            CommandLine command, IllegalArgumentException problem, Map<String, String> options) {
        String message = String.valueOf(problem.getMessage());
        String named = options.entrySet().stream()
                .filter(option -> message.startsWith(option.getKey() + " "))
                .max(Comparator.comparingInt(option -> option.getKey().length()))
                .map(option ->
                        option.getValue() + message.substring(option.getKey().length()))
                .orElse(message);
        return new ParameterException(command, named, problem);
    }
}
