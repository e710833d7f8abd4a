package org.elasticvision.runtime.cli.shares;

import java.io.IOException;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.option.OptionNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --nproc}: which of the images are this process's. The first process starts the others. */
public final class NprocOption {
    /** What the others get besides the arguments of the first: their number, from 1. */
    static final String SHARE = "--share";

    private static final String NPROC = "--nproc";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = NPROC,
            paramLabel = "N",
            description =
                    "Measure in N processes, each with its part of the images, and on a GPU of its own with --provider"
                            + " cuda or tensorrt. The figures are those of one process (default: 1).")
    private int processes = 1;

    @Option(names = SHARE, hidden = true)
    private int index;

    /**
     * Refuses what cannot be.
     *
     * @throws picocli.CommandLine.ParameterException for no processes
     */
    public void check() {
        OptionNames.check(command.commandLine(), () -> Check.atLeast(NPROC, processes, 1));
    }

    /** {@return how many processes there are} */
    public int processes() {
        return processes;
    }

    /** {@return which of them this is, from 0} */
    public int index() {
        return index;
    }

    /** {@return whether another process has started this one} */
    public boolean isStarted() {
        return index > 0;
    }

    /** Ends this process when the one that has started it is gone. */
    public void endWithFirst() {
        Thread thread = new Thread(
                () -> {
                    try {
                        System.in.read(); // nothing is ever written: it ends
                    } catch (IOException e) {
                        // it is gone
                    }
                    Runtime.getRuntime().halt(1);
                },
                "elastic-first-process");
        thread.setDaemon(true);
        thread.start();
    }
}
