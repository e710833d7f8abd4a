package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * The page with all commands and options, {@code docs/cli.md}: each command's help text under a heading of its own. With
 * {@code -Ddocs.update=true} the page is written, otherwise compared. Each module's tests answer for its own commands.
 */
public final class CommandLinePage {
    private static final String PAGE = "docs/cli.md";

    private CommandLinePage() {}

    /**
     * The root of the repository, found upwards from the module whose tests run.
     *
     * @return the folder that holds {@code docs}
     */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(PAGE))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /**
     * Compares the sections of some commands, or writes them.
     *
     * @param names of the commands
     */
    public static void check(Collection<String> names) throws IOException {
        Path file = root().resolve(PAGE);
        String page = Files.readString(file);
        for (String name : names) {
            CommandLine command = ElasticCommandLine.create().getSubcommands().get(name);
            requireFormats(command.getCommandSpec());
            String text = command.getUsageMessage(CommandLine.Help.Ansi.OFF).replace("\r\n", "\n");
            String section = "## " + name + "\n\n```text\n" + text + "```\n";
            if (Boolean.getBoolean("docs.update")) {
                page = replaced(page, name, section);
            } else {
                assertThat(page)
                        .as("docs/cli.md is out of date; docs/howto/add-a-command.md says how to write it anew")
                        .contains(section);
            }
        }
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, page);
        }
    }

    /** picocli takes a description for a format, for manual pages even twice: a percent sign makes it warn on standard error. */
    private static void requireFormats(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            for (String line : option.description()) {
                assertThatCode(() -> String.format(line))
                        .as(option.longestName())
                        .doesNotThrowAnyException();
            }
        }
    }

    private static String replaced(String page, String name, String section) {
        Matcher old = Pattern.compile("(?ms)^## " + Pattern.quote(name) + "$.*?(?=^## |\\z)")
                .matcher(page);
        return old.find()
                ? page.substring(0, old.start())
                        + section
                        + (old.end() == page.length() ? "" : "\n")
                        + page.substring(old.end())
                : page.stripTrailing() + "\n\n" + section;
    }
}
