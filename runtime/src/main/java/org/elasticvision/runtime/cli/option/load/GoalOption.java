package org.elasticvision.runtime.cli.option.load;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Goal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --goal}: whether one caller is to be answered soon, or many callers are to be answered. */
public final class GoalOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--goal",
            paramLabel = "GOAL",
            description =
                    "latency (default): one caller, all threads on its image. throughput: as many callers as threads,"
                            + " one thread each.")
    private String id = Goal.LATENCY.id();

    /**
     * {@return what the threads are for}
     *
     * @throws ParameterException if it is not a goal
     */
    public Goal goal() {
        try {
            return Goal.of(id);
        } catch (ElasticVisionException e) {
            throw new ParameterException(command.commandLine(), "--goal: " + e.getMessage(), e);
        }
    }

    /** {@return how many callers share so many threads} */
    public int callers(int threads) {
        return switch (goal()) {
            case LATENCY -> 1;
            case THROUGHPUT -> threads;
        };
    }
}
