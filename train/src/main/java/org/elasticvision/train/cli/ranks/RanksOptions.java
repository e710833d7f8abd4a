package org.elasticvision.train.cli.ranks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.distributed.Rank;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --nproc}: training in several processes, which this one starts or is one of. */
public final class RanksOptions {
    private static final String NPROC = "--nproc";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = NPROC,
            paramLabel = "N",
            description = "Train in N processes (ranks) on this machine, which share each batch: one for each GPU, or a"
                    + " part of the processor's cores for each (default: one process, or what torchrun, srun or mpirun"
                    + " say).")
    private Integer processes;

    @Option(
            names = "--max-restarts",
            paramLabel = "N",
            description =
                    "With " + NPROC + ": when a rank is lost, start all again from the last checkpoint, N times at"
                            + " most (default: 0).")
    private Integer restarts;

    private static Optional<Rank> rank() {
        return Rank.of(System.getenv());
    }

    /** {@return how many processes share a batch} */
    public int size() {
        return rank().map(Rank::size).orElse(1);
    }

    /** {@return how many processes will share a batch: those that run, or that this one is going to start} */
    public int wanted() {
        return rank().map(Rank::size).orElse(processes == null ? 1 : Math.max(1, processes));
    }

    /** {@return how many processes of the run are on this machine} */
    public int sizeOnThisMachine() {
        return rank().map(Rank::localSize).orElse(1);
    }

    /** {@return the number of this process among those on this machine, from 0} */
    public int indexOnThisMachine() {
        return rank().map(Rank::local).orElse(0);
    }

    /** Refuses what is wrong whatever the data and the machine. */
    public void check() {
        OptionNames.check(command.commandLine(), () -> {
            Check.atLeast(NPROC, processes == null ? 1 : processes, 1);
            Check.atLeast("--max-restarts", restarts == null ? 0 : restarts, 0);
        });
        if (restarts != null && processes == null) {
            throw wrong(
                    "--max-restarts is for the processes that --nproc starts; other launchers have such an option of"
                            + " their own");
        }
    }

    /**
     * Runs the command in as many processes as there shall be: here, in those that this one starts, or as one of them.
     *
     * @param folder of the run
     * @param arguments of the whole command line
     * @param work of one process; gives its exit code
     * @return the exit code
     */
    public int run(Path folder, List<String> arguments, ToIntFunction<ProcessGroup> work) {
        check();
        Optional<Rank> rank = rank();
        if (rank.isEmpty()) {
            return processes == null || processes == 1
                    ? work.applyAsInt(ProcessGroup.alone())
                    : new LocalRanks(
                                    processes,
                                    folder,
                                    arguments,
                                    command.commandLine().getOut(),
                                    command.commandLine().getErr())
                            .run(restarts == null ? 0 : restarts);
        }
        boolean isOurs = RankSession.isLaunched(System.getenv());
        if (processes != null && !isOurs) {
            throw wrong(NPROC + " starts processes, and this one was started as rank "
                    + rank.get().index() + " of " + rank.get().size()
                    + " by a launcher; leave it out, or unset RANK and WORLD_SIZE");
        }
        String howToGoOn = "go on from the last checkpoint with: "
                + RankSession.resumeCommand(folder, rank.get().size());
        return new RankSession(rank.get(), command.commandLine(), howToGoOn).run(work);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
