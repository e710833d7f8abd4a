package org.elasticvision.runtime.cli.shares;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.OwnCommand;
import org.elasticvision.runtime.evaluation.Evaluation;

/** The processes that have the other shares of the images. They end with this one. For one thread. */
public final class OtherShares implements AutoCloseable {
    /** From here on an exit code is 128 and the number of a signal. */
    private static final int SIGNALS = 128;

    /** Before each line of this command's. */
    private static final String OWN = "elastic: ";

    private final List<Share> shares = new ArrayList<>();
    private final int processes;

    private OtherShares(int processes) {
        this.processes = processes;
    }

    /**
     * Starts them.
     *
     * @param arguments of this command line, from the subcommand on
     * @param processes how many there are, this one too
     * @param image is called for each image, by any thread
     * @return they, running
     * @throws ElasticVisionException if one cannot be started
     */
    public static OtherShares start(List<String> arguments, int processes, Runnable image) {
        OtherShares others = new OtherShares(processes);
        try {
            for (int index = 1; index < processes; index++) {
                others.shares.add(others.new Share(index, arguments, image));
            }
            return others;
        } catch (IOException e) {
            others.close();
            throw new ElasticVisionException("another process cannot be started: " + e.getMessage(), e);
        }
    }

    /** One of them, and what it has said so far. */
    private final class Share {
        private final int index;
        private final Process process;
        private final Thread output;
        private final Thread errors;
        private volatile Evaluation.Counts counts;
        private volatile String lastError = "";

        Share(int index, List<String> arguments, Runnable image) throws IOException {
            this.index = index;
            List<String> command = new ArrayList<>(OwnCommand.words());
            command.addAll(arguments);
            command.addAll(List.of(NprocOption.SHARE, String.valueOf(index)));
            process = new ProcessBuilder(command).start();
            output = reading(process.inputReader(), line -> {
                if (ShareLines.isImage(line)) {
                    image.run();
                } else {
                    ShareLines.counts(line).ifPresent(read -> counts = read);
                }
            });
            errors = reading(process.errorReader(), this::say);
        }

        /** What the command says counts more than what native libraries print after it. */
        private void say(String line) {
            if (line.startsWith(OWN) || !lastError.startsWith(OWN)) {
                lastError = line;
            }
        }

        private Thread reading(BufferedReader reader, Consumer<String> use) {
            Thread thread = new Thread(
                    () -> {
                        try (reader) {
                            reader.lines().forEach(use);
                        } catch (IOException | UncheckedIOException e) {
                            // it has ended
                        }
                    },
                    "elastic-share-" + index);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        /** Throws what it says if it has failed. */
        void check() {
            if (!process.isAlive() && process.exitValue() != 0) {
                throw failure();
            }
        }

        private ElasticVisionException failure() {
            try {
                errors.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            int exitCode = process.exitValue();
            String why = exitCode > SIGNALS
                    ? "was ended by signal " + (exitCode - SIGNALS)
                            + "; if memory does not suffice for so many, give a smaller --nproc"
                    : Optional.of(lastError.startsWith(OWN) ? lastError.substring(OWN.length()) : lastError)
                            .filter(line -> !line.isBlank())
                            .orElse("ended with exit code " + exitCode);
            return new ElasticVisionException(
                    "process " + index + " of " + processes + (exitCode > SIGNALS ? " " : ": ") + why);
        }

        Evaluation.Counts await() throws InterruptedException {
            process.waitFor();
            check();
            output.join();
            if (counts == null) {
                throw new ElasticVisionException(
                        "process " + index + " of " + processes + " ended without a word of what it has counted");
            }
            return counts;
        }
    }

    /**
     * Looks whether all are well.
     *
     * @throws ElasticVisionException as one of them says, if it has failed
     */
    public void check() {
        shares.forEach(Share::check);
    }

    /**
     * Waits for all.
     *
     * @return what each has counted
     * @throws ElasticVisionException as one of them says, if it has failed
     */
    public List<Evaluation.Counts> await() {
        try {
            List<Evaluation.Counts> counts = new ArrayList<>();
            for (Share share : shares) {
                counts.add(share.await());
            }
            return counts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticVisionException("interrupted while other processes measure", e);
        }
    }

    @Override
    public void close() {
        shares.forEach(share -> share.process.destroyForcibly());
    }
}
