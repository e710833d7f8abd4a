package org.elasticvision.runtime.cli.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code elastic completion}: what makes a shell complete the commands, their options and what an option takes. */
@Command(
        name = "completion",
        description =
                "Prints a script with which bash and zsh complete commands, options and their values with the Tab key.",
        footer = {
            "%nFor this shell, and for all if it stands in ~/.bashrc or ~/.zshrc:",
            "  source <(elastic completion)",
        })
public final class CompletionCommand implements ElasticCommand {
    private static final Pattern WORDS = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");

    @Spec
    private CommandSpec spec;

    @Override
    public int order() {
        return 50;
    }

    @Override
    public Integer call() {
        CommandSpec root = CommandSpec.create();
        ElasticCommandLine.create()
                .getSubcommands()
                .forEach((name, command) -> root.addSubcommand(name, withValues(command)));
        PrintWriter out = spec.commandLine().getOut();
        // Bash looks for the name after the last slash too, so that ./elastic is completed alike.
        out.print(AutoComplete.bash("elastic", new CommandLine(root)));
        out.flush();
        return 0;
    }

    /**
     * The same command for picocli's script, which keeps the values of an option in a variable that has the name of the option's parameter: two
     * of one name, such as NAME, would share them.
     */
    private static CommandLine withValues(CommandLine command) {
        CommandSpec copy = CommandSpec.create();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                copy.addOption(OptionSpec.builder(option)
                        .paramLabel(option.longestName())
                        .completionCandidates(values(option))
                        .build());
            }
        }
        command.getCommandSpec().positionalParameters().forEach(copy::addPositional);
        return new CommandLine(copy);
    }

    /** The words that an option takes: those that it names, {@code apply|ignore}, or the constants that it is read into. */
    private static List<String> values(OptionSpec option) {
        if (WORDS.matcher(option.paramLabel()).matches()) {
            return List.of(option.paramLabel().split("\\|", -1));
        }
        if (option.completionCandidates() != null) {
            return StreamSupport.stream(option.completionCandidates().spliterator(), false)
                    .toList();
        }
        return option.type().isEnum()
                ? Arrays.stream(option.type().getEnumConstants())
                        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                        .toList()
                : null;
    }
}
