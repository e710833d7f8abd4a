package org.elasticvision.runtime.cli.option;

import java.util.Map;
import org.elasticvision.runtime.engine.EngineOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --threads}, the same in every command that runs a network. */
public final class ThreadsOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private EngineOptions engine = EngineOptions.defaults();

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads in all (default: the physical cores).")
    void setThreads(int threads) {
        if (threads == 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--threads 0 must be at least 1; leave it out for as many as there are physical cores");
        }
        try {
            engine = new EngineOptions(threads);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, Map.of("threads", "--threads"));
        }
    }

    /** {@return how many threads there are to share out, at least 1} */
    public int total() {
        return engine.effectiveThreads();
    }

    /**
     * {@return how many threads each of several processes has: those that were asked for, or its part of the physical cores}
     *
     * @param processes on this machine
     */
    public int ofEach(int processes) {
        return Given.has(command, "--threads") ? total() : Math.max(1, total() / processes);
    }
}
