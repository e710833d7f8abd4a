package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.train.settings.RunSettings.InitialWeights;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --init-from}: which weights a network starts from. */
final class InitFromOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--init-from",
            paramLabel = "CHECKPOINT",
            description = "Start from these weights; a head for other classes or another task is replaced.")
    private Optional<Path> file;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description = "Which entry of --init-from holds the weights, as a path of keys from the file's"
                    + " root, such as state_dict_ema or ema.model (default: the only one"
                    + " that fits, or state_dict).")
    private Optional<String> entry;

    Optional<Path> file() {
        return file;
    }

    Optional<String> entry() {
        return entry;
    }

    /**
     * What is given here, on top of what was given before.
     *
     * @param before of the run that goes on
     */
    Optional<InitialWeights> on(Optional<InitialWeights> before) {
        Optional<Path> from = file.or(() -> before.map(InitialWeights::file));
        if (entry.isPresent() && from.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--entry says where in --init-from the weights are: give both");
        }
        return from.map(weights -> new InitialWeights(weights, entry.or(() -> before.flatMap(InitialWeights::entry))));
    }
}
