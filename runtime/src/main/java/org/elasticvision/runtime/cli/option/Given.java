package org.elasticvision.runtime.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What stands on the command line, whatever the defaults are: an option that would do nothing is refused. */
public final class Given {
    private Given() {}

    /**
     * {@return whether an option stands on the command line}
     *
     * @param command that has the option
     * @param option by its long name
     */
    public static boolean has(CommandSpec command, String option) {
        ParseResult parsed = command.commandLine().getParseResult();
        return parsed != null && parsed.hasMatchedOption(option);
    }

    /**
     * Refuses options that would do nothing.
     *
     * @param command that has the options
     * @param why such as {@code is for segmentation, and this is a classification}
     * @param options by their long names
     * @throws ParameterException such as {@code --head-lr is for segmentation, and this is a classification; leave it out}
     */
    public static void refuse(CommandSpec command, String why, String... options) {
        for (String option : options) {
            if (has(command, option)) {
                throw new ParameterException(command.commandLine(), option + " " + why + "; leave it out");
            }
        }
    }
}
