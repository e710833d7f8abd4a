package org.elasticvision.train.cli.ranks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.OwnCommand;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.distributed.Rank;

/**
 * Starts the processes of a run on this machine, waits for them, and starts them again where one was lost. They have this command's
 * arguments, and its output streams; of the first one all that it says, of the others only errors.
 */
final class LocalRanks {
    /** From here on an exit code is 128 and the number of a signal. */
    private static final int SIGNALS = 128;

    private static final String GLOO = "[Gloo]";
    /** Until the others find out that one has failed. */
    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    /** After one has found out that another is lost: that one will not end by itself, as it was stopped or hangs. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final int size;
    private final Path folder;
    private final List<String> arguments;
    private final PrintWriter out;
    private final PrintWriter err;
    private Thread output;
    private volatile boolean isStopped;

    /**
     * Ranks that are not started yet.
     *
     * @param size how many
     * @param folder of the run
     * @param arguments of the whole command line
     * @param out gets what the first one prints
     * @param err where a restart is told
     */
    LocalRanks(int size, Path folder, List<String> arguments, PrintWriter out, PrintWriter err) {
        this.out = out;
        this.size = size;
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
        this.err = err;
    }

    /** {@return the exit code of the command} */
    int run(int restarts) {
        List<String> next = arguments;
        for (int left = restarts; ; left--) {
            int exitCode = once(next);
            boolean isLost = exitCode == RankSession.OTHER_LOST || exitCode >= SIGNALS;
            if (!isLost || isStopped || left == 0) {
                return isLost ? 1 : exitCode;
            }
            boolean hasCheckpoint = new CheckpointFolder(folder).last().isPresent();
            next = hasCheckpoint
                    ? List.of("train", "--resume", folder.toString(), "--nproc", String.valueOf(size))
                    : arguments;
            say("starting again " + (hasCheckpoint ? "from the last checkpoint" : "from the beginning")
                    + (left > 1 ? ", " + (left - 1) + " more times if need be" : ", for the last time"));
        }
    }

    private void say(String line) {
        err.println("elastic: " + line);
        err.flush();
    }

    /** Runs all ranks to their end. */
    private int once(List<String> words) {
        int port = freePort();
        List<Process> ranks = new CopyOnWriteArrayList<>(); // the hook reads it at any time
        Thread hook = new Thread(
                () -> {
                    isStopped = true;
                    ranks.forEach(LocalRanks::askToStop);
                    ranks.forEach(LocalRanks::await);
                },
                "elastic-ranks");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            for (int index = 0; index < size; index++) {
                ranks.add(start(Rank.onThisMachine(index, size, port), words));
            }
            return exitCode(ranks);
        } finally {
            ranks.forEach(Process::destroyForcibly);
            removeHook(hook);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs: Java is ending
        }
    }

    private Process start(Rank rank, List<String> words) {
        List<String> command = new ArrayList<>(OwnCommand.words());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Redirect.INHERIT)
                .redirectOutput(rank.isFirst() ? Redirect.PIPE : Redirect.DISCARD);
        builder.environment().putAll(rank.toEnvironment());
        builder.environment().putIfAbsent("TORCH_CPP_LOG_LEVEL", "ERROR"); // c10d warns of what is usual
        builder.environment().put(RankSession.LAUNCHED, String.valueOf(size));
        try {
            Process process = builder.start();
            if (rank.isFirst()) {
                output = new Thread(() -> pass(process), "elastic-rank-output");
                output.start();
            }
            return process;
        } catch (IOException e) {
            throw new ElasticVisionException("rank " + rank.index() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** All but what Gloo says of its connections, which it cannot be told to keep to itself. */
    private void pass(Process rank) {
        try (BufferedReader lines = rank.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(GLOO)) {
                    out.println(line);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    /** They end by themselves when their standard input does. */
    private static void askToStop(Process rank) {
        try {
            rank.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
    }

    private static void await(Process rank) {
        try {
            rank.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When one has failed, the others find out and follow; one that does not is ended. */
    private int exitCode(List<Process> ranks) {
        try {
            int failed = 0;
            while (ranks.stream().anyMatch(Process::isAlive)) {
                for (Process rank : ranks) {
                    if (rank.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS) && rank.exitValue() != 0 && !isStopped) {
                        failed = worst(failed, rank.exitValue());
                        endOthers(ranks, LONGEST_END);
                    }
                }
            }
            for (Process rank : ranks) {
                failed = worst(failed, rank.exitValue());
            }
            output.join();
            return failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /**
     * Waits until all have ended, and ends those that do not.
     *
     * @param longest time they have; less once one says that another is lost
     */
    static void endOthers(List<Process> ranks, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        boolean isLost = false;
        while (ranks.stream().anyMatch(Process::isAlive) && System.nanoTime() < end) {
            if (!isLost && ranks.stream().anyMatch(LocalRanks::hasLostAnother)) {
                isLost = true;
                end = Math.min(end, System.nanoTime() + GRACE.toNanos());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        ranks.forEach(Process::destroyForcibly);
    }

    private static boolean hasLostAnother(Process rank) {
        return !rank.isAlive() && rank.exitValue() == RankSession.OTHER_LOST;
    }

    /** What a rank says of itself counts more than that others have lost it, and that more than how it ended. */
    private static int worst(int one, int other) {
        return severity(other) > severity(one) ? other : one;
    }

    private static int severity(int exitCode) {
        if (exitCode == 0) {
            return 0;
        }
        if (exitCode >= SIGNALS) {
            return 1;
        }
        return exitCode == RankSession.OTHER_LOST ? 2 : 3;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ElasticVisionException("no port is free for the ranks to find each other: " + e.getMessage(), e);
        }
    }
}
