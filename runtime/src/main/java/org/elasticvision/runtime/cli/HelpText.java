package org.elasticvision.runtime.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.io.CommandText;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help and messages name the command as the user has called it, and break no command that may be copied. Stateless.
 */
final class HelpText {
    /** A command in quotes, or alone on an indented line. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?<=')elastic(?= [a-zA-Z])|(?<=^ {2})elastic(?= [a-zA-Z])");

    /**
     * The end of a line in the middle of a sentence: what follows does not begin one, nor is it the name of the next
     * command, which stands two blanks from the edge.
     */
    private static final Pattern BROKEN = Pattern.compile(" (\\S*\\.)(\\R {3,})(?=[a-z0-9/])");

    private HelpText() {}

    /** Gives a command and all its subcommands such a help. */
    static void register(CommandLine commandLine) {
        Map<String, IHelpSectionRenderer> sections = commandLine.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpText::footer);
        sections.replaceAll((key, section) -> help -> withName(unbroken(section.render(help))));
        commandLine.setHelpSectionMap(sections);
        commandLine.getSubcommands().values().forEach(HelpText::register);
    }

    /** {@return the text with {@code elastic} in its commands replaced by what it is called here} */
    static String withName(String text) {
        return COMMAND.matcher(text).replaceAll(Matcher.quoteReplacement(CommandText.name()));
    }

    /**
     * Puts file names together again that Java has broken after a dot, on the second line; that may become a little
     * long.
     */
    static String unbroken(String text) {
        return BROKEN.matcher(text).replaceAll("$2$1");
    }

    /** Examples, which are indented, stay on one line, however long. */
    private static String footer(Help help) {
        UsageMessageSpec usage = help.commandSpec().usageMessage();
        StringBuilder text = new StringBuilder();
        for (String line : usage.footer()) {
            if (line.startsWith("  ")) {
                text.append(line).append(System.lineSeparator());
            } else {
                Help.join(
                        help.colorScheme().ansi(),
                        usage.width(),
                        usage.adjustLineBreaksForWideCJKCharacters(),
                        new String[] {line},
                        text);
            }
        }
        return text.toString();
    }
}
