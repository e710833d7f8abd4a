package org.elasticvision.train.cli.progress;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.cli.ranks.RankSession;
import org.elasticvision.train.cli.recipe.QuantizedTrainingOptions;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.outcome.RunReport;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.run.Training;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.GracefulStop;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.tensorboard.TensorBoardLog;
import picocli.CommandLine;

/** A run from its first words to its report; a signal ends it early, saved. */
public final class TrainingRun {
    private final TrainingJob job;
    private final boolean resuming;
    private final PrintWriter out;
    private final PrintWriter err;
    private final ProcessGroup group;
    private final TrainingListener also;

    /**
     * @param resuming whether it goes on, or begins
     * @param command whose output it is
     * @param group of processes that train; the first one writes and tells, the others tell what they leave out
     * @param also receives the events of the first one too
     */
    public TrainingRun(
            TrainingJob job, boolean resuming, CommandLine command, ProcessGroup group, TrainingListener also) {
        this.also = also;
        this.group = group;
        this.job = job;
        this.resuming = resuming;
        this.out = command.getOut();
        this.err = command.getErr();
    }

    /** {@return the exit code} */
    public int run() {
        return group.isFirst() ? first() : other();
    }

    /** One that has only its part of the work. */
    private int other() {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void note(String line) {
                say("rank " + group.rank() + ": " + line);
            }
        };
        try (GracefulStop stop = new GracefulStop(line -> {})) {
            RankSession.stopWithLauncher(stop.signal());
            return train(listener, stop.signal()).finished() ? 0 : 1;
        }
    }

    private TrainingResult train(TrainingListener listener, StopSignal stop) {
        return resuming ? Training.resume(job, listener, stop, group) : Training.start(job, listener, stop, group);
    }

    private int first() {
        out.printf(
                Locale.ROOT,
                "%s, %s of %,d classes, input %dx%d; %,d training images, %,d validation images; %s%n",
                job.architecture(),
                job.task(),
                job.labels().size(),
                job.preprocessing().height(),
                job.preprocessing().width(),
                job.training().size(),
                job.validation().size(),
                job.torch().device());
        job.training()
                .turned()
                .plus(job.validation().turned())
                .describe(Orientation.of(job.preprocessing().view()))
                .ifPresent(out::println);
        sayWhatIsLeftOut();
        out.flush();
        RunReport report = resuming ? RunReport.resume(job) : RunReport.start(job);
        try (GracefulStop stop = new GracefulStop(this::say)) {
            RankSession.stopWithLauncher(stop.signal());
            try {
                return train(report, stop.signal()).orElseGet(this::stopped);
            } catch (RuntimeException e) {
                if (stop.signal().isStopped()) { // where Java is ending some libraries load no more
                    return stopped();
                }
                throw e;
            }
        }
    }

    /** Where not even one batch is whole, the run is refused. */
    private void sayWhatIsLeftOut() {
        int left = Training.leftOutOfEpoch(job);
        int all = job.training().size();
        if (left > 0 && left < all) {
            out.printf(
                    Locale.ROOT,
                    "%,d of %,d training images %s left out of each epoch, %s each time, as %s not fill a batch of %,d%n",
                    left,
                    all,
                    left == 1 ? "is" : "are",
                    left == 1 ? "another" : "others",
                    left == 1 ? "it does" : "they do",
                    job.recipe().batchSize());
        }
    }

    /** The exit code, or none if it was asked to stop before all was done. */
    private OptionalInt train(RunReport report, StopSignal stop) {
        TrainingResult result;
        try (TrainingDisplay display = new TrainingDisplay(out, err)) {
            result = train(report, display, stop);
            if (result.finished() && result.epochs().isEmpty()) {
                String more = job.recipe().patience().isPresent() ? "--epochs or --patience" : "--epochs";
                display.note("nothing is left to train (more with " + more + "); writing "
                        + job.model() + " and " + job.folder().resolve("report.html")
                        + " again, from the best network");
            }
        }
        return result.finished()
                ? new TrainingEnd(job, report, out, err).reach(result, stop, this::say)
                : OptionalInt.empty();
    }

    private TrainingResult train(RunReport report, TrainingDisplay display, StopSignal stop) {
        if (job.tensorBoard().isEmpty()) {
            return train(TrainingListener.all(report, display, also), stop);
        }
        long step = resuming ? Training.lastStep(job.folder()) : 0;
        try (TensorBoardLog log = TensorBoardLog.open(job.tensorBoard().get(), step, report.facts())) {
            return train(TrainingListener.all(report, log, display, also), stop);
        }
    }

    private int stopped() {
        boolean saved = new CheckpointFolder(job.folder()).last().isPresent();
        say(
                saved
                        ? "stopped; resume with: " + RankSession.resumeCommand(job.folder(), group.size()) + quantized()
                        : "stopped before there was anything to save");
        return 1;
    }

    /** A run that was finished before keeps nothing of what follows it. */
    private String quantized() {
        return job.settings().quantized().map(QuantizedTrainingOptions::words).stream()
                .flatMap(List::stream)
                .map(word -> " " + word)
                .collect(Collectors.joining());
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
