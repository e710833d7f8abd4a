package org.elasticvision.train.cli.ranks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.cli.NativeLines;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.distributed.Rank;
import org.elasticvision.train.distributed.RankLostException;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.group.GlooGroup;
import picocli.CommandLine;

/**
 * This process as one of several, from the meeting of all to the end: of what goes wrong in any of them the user is told once, with the
 * number of the rank.
 */
public final class RankSession {
    /** The exit code of a rank that ends because another one has. */
    static final int OTHER_LOST = 75;

    /** Set in ranks that {@link LocalRanks} has started, which end when their standard input does. */
    static final String LAUNCHED = "ELASTIC_RANKS";

    private static final Duration MEETING = Duration.ofMinutes(5);

    private final Rank rank;
    private final CommandLine command;
    private final String howToGoOn;

    /**
     * A session that has not begun.
     *
     * @param rank of this process
     * @param command that it runs
     * @param howToGoOn what the user can do when a rank is lost
     */
    public RankSession(Rank rank, CommandLine command, String howToGoOn) {
        this.rank = rank;
        this.command = command;
        this.howToGoOn = howToGoOn;
    }

    /**
     * Meets the others and does the work with them.
     *
     * @param work gets the group and gives the exit code
     * @return the exit code
     */
    public int run(ToIntFunction<ProcessGroup> work) {
        if (!isLaunched(System.getenv())) { // else the launcher passes over what Gloo says of its connections
            NativeLines.dropFromOutput();
            command.setOut(new PrintWriter(System.out, true, Charset.defaultCharset()));
        }
        GlooGroup[] joined = new GlooGroup[1];
        try (GlooGroup group = numbered(() -> GlooGroup.join(rank, MEETING, problem -> {
            // The thread that trains waits in a library for a rank that will not come.
            if (joined[0] == null || joined[0].isFirstToFail(problem)) {
                say(problem + "; " + howToGoOn);
            }
            Runtime.getRuntime().halt(OTHER_LOST);
        }))) {
            joined[0] = group;
            return run(group, work);
        }
    }

    private int run(GlooGroup group, ToIntFunction<ProcessGroup> work) {
        try {
            return work.applyAsInt(group);
        } catch (RankLostException e) {
            OptionalInt lost = group.findLost();
            String problem = lost.isPresent()
                    ? "rank " + lost.getAsInt()
                            + " does not answer any more: it was killed, or its machine or the network is gone"
                    : "the exchange between the ranks failed: " + Failures.message(e);
            if (group.isFirstToFail(problem)) {
                say(problem + "; " + howToGoOn);
            }
            group.leave();
            return OTHER_LOST;
        } catch (RuntimeException e) {
            boolean isFirst = group.isFirstToFail(Failures.message(e));
            group.leave();
            if (isFirst) {
                throw numbered(e);
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private <T> T numbered(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw numbered(e);
        }
    }

    private RuntimeException numbered(RuntimeException failure) {
        String message = "rank " + rank.index() + ": " + Failures.message(failure);
        return failure instanceof CommandLine.ParameterException wrong
                ? new CommandLine.ParameterException(
                        wrong.getCommandLine(), "rank " + rank.index() + ": " + wrong.getMessage())
                : new ElasticVisionException(message, failure);
    }

    private void say(String line) {
        PrintWriter err = command.getErr();
        err.println("elastic: " + line);
        err.flush();
    }

    /**
     * Lets the run stop when the process that has started the ranks asks for it, or is gone.
     *
     * @param stop of the run
     */
    public static void stopWithLauncher(StopSignal stop) {
        if (!isLaunched(System.getenv())) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        System.in.read(); // nothing is ever written: it ends
                    } catch (IOException e) {
                        // it is gone
                    }
                    stop.stop();
                },
                "elastic-launcher");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * {@return the command that goes on with a run, in as many processes where that is said on the command line}
     *
     * @param folder of the run
     * @param size how many ranks there are
     */
    public static String resumeCommand(Path folder, int size) {
        return isLaunched(System.getenv())
                ? CommandText.of("train", "--resume", folder, "--nproc", size)
                : CommandText.of("train", "--resume", folder);
    }

    static boolean isLaunched(Map<String, String> environment) {
        return environment.containsKey(LAUNCHED);
    }
}
