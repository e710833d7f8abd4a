package org.elasticvision.runtime.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.io.name.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one line. Stateless. */
final class UsageErrors {
    private static final Pattern CONSTANTS = Pattern.compile("expected one of \\[(.*)](?: \\(.*\\))? but was '(.*)'");

    private UsageErrors() {}

    static String message(ParameterException exception, String... given) {
        // where Java has put the replacement character for what it could not read
        if (Arrays.stream(given).anyMatch(word -> word.indexOf('\uFFFD') >= 0)) {
            return "an argument has characters that Java cannot read in this locale; set LC_ALL=C.UTF-8";
        }
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        ArgSpec argument = exception.getArgSpec();
        if (argument != null && exception.getValue() != null && exception.getCause() != null) {
            return name(argument) + ": "
                    + plain(Failures.oneLine(exception.getCause().getMessage()));
        }
        return Failures.oneLine(exception.getMessage()).replaceFirst("^Error: ", "");
    }

    private static String unmatched(UnmatchedArgumentException exception) {
        String word = exception.getUnmatched().get(0);
        CommandLine command = exception.getCommandLine();
        if (OptionTypes.isAddress(word)) { // of many arguments, which are tried one by one
            return refusal(command, word).orElseGet(() -> OptionTypes.address(word));
        }
        if (exception.isUnknownOption()) {
            List<String> options = command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            return "unknown option '" + word + "'" + Spelling.meant(word.replaceFirst("=.*", ""), options);
        }
        if (command.getParent() != null) {
            return "'" + word + "' is one argument too many";
        }
        return ElsewhereCommands.problem(word)
                .orElseGet(() -> "unknown command '" + word + "'"
                        + Spelling.meant(word, command.getSubcommands().keySet()));
    }

    /** Why a parameter with a converter of its own does not take a word. */
    private static Optional<String> refusal(CommandLine command, String word) {
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            for (ITypeConverter<?> converter : parameter.converters()) {
                try {
                    converter.convert(word);
                } catch (Exception e) { // as picocli declares it
                    return Optional.of(name(parameter) + ": " + Failures.firstLine(e.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    /** picocli's converters of enums know no other words than Java's; the others are our own. */
    private static String plain(String problem) {
        Matcher constants = CONSTANTS.matcher(problem);
        return constants.matches()
                ? "'" + constants.group(2) + "' is not one of "
                        + constants.group(1).toLowerCase(Locale.ROOT)
                : problem;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
