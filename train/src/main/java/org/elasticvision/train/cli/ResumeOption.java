package org.elasticvision.train.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.run.Training;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --resume}: going on with a run, by the command that began it with what is given now on top. */
final class ResumeOption {
    static final String NAME = "--resume";
    private static final String OUTPUT = "--output";
    private static final String INIT_FROM = "--init-from";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = NAME,
            paramLabel = "DIR",
            description = "Resume the run in this folder, exactly where it ended. Its options hold unless given again;"
                    + " DATA if the images have moved.")
    private Optional<Path> place;

    boolean isGiven() {
        return place.isPresent();
    }

    /** The folder of the run; its checkpoint may be named in its place. */
    Path folder() {
        Path named = place.orElseThrow();
        if (Files.isRegularFile(named)) {
            Path folder = Optional.ofNullable(named.getParent()).orElse(Path.of("."));
            if (CheckpointFolder.isLast(named)) {
                return folder;
            }
            throw wrong(
                    CheckpointFolder.isBest(named)
                            ? NAME + " " + named
                                    + ": is a run's best state, and a run resumes from its last: give"
                                    + " its folder, " + folder + "; or start a new run from these weights with "
                                    + INIT_FROM
                            : NAME + " " + named
                                    + ": give the folder of a run; to start a new run from the weights in a"
                                    + " file, give it to " + INIT_FROM);
        }
        if (new CheckpointFolder(named).last().isEmpty()) {
            throw wrong(NAME + " " + named + ": there is no checkpoint to resume from");
        }
        return named;
    }

    /**
     * The whole command.
     *
     * @param fresh a command of the same kind, to read the recorded one with
     * @param output the folder that is named for the outputs, if one is
     * @param initFrom the checkpoint that is named to start from, if one is
     */
    List<String> words(Object fresh, Optional<Path> output, Optional<Path> initFrom) {
        Path folder = folder();
        if (output.isPresent() && !isSame(output.get(), folder)) {
            throw wrong("-o " + output.get() + ": a resumed run stays in its folder, " + folder + "; leave -o out");
        }
        Path last = new CheckpointFolder(folder).lastFile();
        List<String> notes;
        try (TrainingCheckpoint opened = TrainingCheckpoint.open(last)) {
            notes = Training.notes(opened);
        }
        if (notes.isEmpty()) {
            throw wrong(NAME + " " + folder + ": this run was not started by '" + CommandText.of("train")
                    + "', so only what started it can resume"
                    + " it; '" + CommandText.of("demo", "DIR")
                    + "' resumes a demo. For a new run from its weights give "
                    + INIT_FROM
                    + " " + last);
        }
        RecordedCommand before = RecordedCommand.read(notes, fresh);
        RecordedCommand now = RecordedCommand.of(command.commandLine().getParseResult(), Set.of(NAME, OUTPUT));
        List<String> start = now.options().get(INIT_FROM);
        if (start != null && !start.equals(before.options().get(INIT_FROM))) {
            throw wrong(INIT_FROM + " " + initFrom.orElseThrow()
                    + ": a resumed run has weights of its own; leave it out, or start a new run with -o DIR");
        }
        now.options().put(OUTPUT, List.of(OUTPUT + "=" + folder.toAbsolutePath().normalize()));
        return before.with(now, TrainDataOptions.NAMES).words();
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
                || (Files.exists(one) && sameFile(one, other));
    }

    private static boolean sameFile(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
