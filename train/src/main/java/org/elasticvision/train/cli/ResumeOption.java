package org.elasticvision.train.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.cli.recipe.RecipeFileOptions;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.SavedValues;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --resume}: going on with a run, by the settings that its checkpoint keeps. */
final class ResumeOption {
    static final String NAME = "--resume";
    private static final String OUTPUT = "--output";
    private static final String INIT_FROM = "--init-from";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = NAME,
            paramLabel = "DIR",
            description = "Resume the run in this folder, exactly where it ended. Its options hold unless given again"
                    + " (a switch is turned off by --no-SWITCH); DATA if the images have moved.")
    private Optional<Path> place;

    boolean isGiven() {
        return place.isPresent();
    }

    /** The folder of the run; its checkpoint may be named in its place. */
    Path folder() {
        Path named = place.orElseThrow();
        if (Files.isRegularFile(named)) {
            Path folder = Optional.ofNullable(named.getParent()).orElse(Path.of("."));
            if (CheckpointFolder.isLast(named) || CheckpointFolder.isPrevious(named)) {
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
        if (!Files.exists(named)) {
            throw wrong(NAME + " " + named + ": does not exist; give the folder of a run");
        }
        CheckpointFolder checkpoints = new CheckpointFolder(named);
        if (checkpoints.last().isEmpty()) {
            if (Files.exists(checkpoints.previousFile())) {
                throw wrong(NAME + " " + named + ": its last checkpoint is missing; " + offer(checkpoints));
            }
            throw wrong(NAME + " " + named + ": there is no checkpoint in it to resume from; give the folder of a run");
        }
        return named;
    }

    /**
     * The settings of the run in {@link #folder}.
     *
     * @param moved where its data lie now, by its task and where they lay
     */
    RunSettings saved(BiFunction<Task, DataSource, DataSource> moved) {
        Path folder = folder();
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        Path last = checkpoints.lastFile();
        if (CheckpointFolder.isPrevious(place.orElseThrow()) && !checkpoints.restorePrevious()) {
            command.commandLine()
                    .getErr()
                    .println(last + " is whole, so the run resumes from it and not from the checkpoint before");
        }
        try (TrainingCheckpoint checkpoint = open(checkpoints)) {
            SavedValues values = SavedValues.of(checkpoint);
            if (!RunOfVersion01.hasCommand(values)) {
                throw begunElsewhere(folder, last);
            }
            RunSettings settings =
                    RunSettings.areIn(checkpoint) ? RunSettings.of(checkpoint) : RunOfVersion01.settings(values, moved);
            if (settings.data().isEmpty()) {
                throw begunElsewhere(folder, last);
            }
            return settings;
        }
    }

    /** The last checkpoint, read once to its end: damage is to show before the work, and once for all ranks. */
    private static TrainingCheckpoint open(CheckpointFolder checkpoints) {
        try {
            TrainingCheckpoint checkpoint = TrainingCheckpoint.open(checkpoints.lastFile());
            try {
                checkpoint.requireWhole();
                return checkpoint;
            } catch (CheckpointException e) {
                checkpoint.close();
                throw e;
            }
        } catch (CheckpointException e) {
            if (CheckpointFolder.isWhole(checkpoints.previousFile())) {
                // Nobody downloads a checkpoint of their own run.
                String damage = e.getMessage().replaceFirst("; download it again$", "");
                throw new ElasticVisionException(damage + "; " + offer(checkpoints), e);
            }
            throw e;
        }
    }

    private static String offer(CheckpointFolder checkpoints) {
        return "resume from the checkpoint before it with: "
                + CommandText.of("train", NAME, checkpoints.previousFile().toString());
    }

    private ParameterException begunElsewhere(Path folder, Path last) {
        return wrong(NAME + " " + folder + ": this run was not started by '" + CommandText.of("train")
                + "', so only what started it can resume"
                + " it; '" + CommandText.of("demo", "DIR")
                + "' resumes a demo. For a new run from its weights give "
                + INIT_FROM
                + " " + last);
    }

    /** A run that goes on stays in its folder. */
    void requireNoOtherFolder(Optional<Path> output) {
        Path folder = folder();
        if (output.isPresent() && !isSame(output.get(), folder)) {
            throw wrong("-o " + output.get() + ": a resumed run stays in its folder, " + folder + "; leave -o out");
        }
    }

    /** A run that goes on has a head, and the images that it has seen. */
    void requireNoOtherTask(Optional<Task> now, RunSettings saved) {
        if (now.isPresent() && now.get() != saved.task()) {
            throw wrong("--task " + now.get().id() + ": a resumed run keeps its task, "
                    + saved.task().id() + "; leave it out, or start a new run from its weights with " + INIT_FROM
                    + " and -o DIR");
        }
    }

    /** A run that goes on has weights. */
    void requireNoOtherWeights(InitFromOptions now, RunSettings saved) {
        Optional<Path> file = saved.initFrom().map(RunSettings.InitialWeights::file);
        if (now.file().isPresent() && !now.file().map(ResumeOption::absolute).equals(file)) {
            throw wrong(INIT_FROM + " " + now.file().get()
                    + ": a resumed run has weights of its own; leave it out, or start a new run with -o DIR");
        }
        Optional<String> entry = saved.initFrom().flatMap(RunSettings.InitialWeights::entry);
        if (now.entry().isPresent() && !now.entry().equals(entry)) {
            throw wrong("--entry " + now.entry().get() + ": says where the weights are that a new run starts from, and"
                    + " a resumed run has weights of its own; leave it out, or start a new run with " + INIT_FROM
                    + " and -o DIR");
        }
    }

    /** The command that began the run, with what is given now in place of what was given then; for people. */
    List<String> notes(RunSettings saved) {
        if (saved.notes().isEmpty()) {
            return List.of();
        }
        RecordedCommand now = RecordedCommand.of(command.commandLine().getParseResult(), notKept());
        now.options().put(OUTPUT, List.of(OUTPUT + "=" + absolute(folder())));
        RecordedCommand then = RecordedCommand.read(saved.notes(), command);
        AugmentationOptions.giveWay(then.options(), now.options().keySet());
        return then.with(now, TrainDataOptions.NAMES).words();
    }

    private static Set<String> notKept() {
        Set<String> notKept = new HashSet<>(RecipeFileOptions.notKept());
        notKept.addAll(Set.of(NAME, OUTPUT));
        return notKept;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static boolean isSame(Path one, Path other) {
        return absolute(one).equals(absolute(other)) || (Files.exists(one) && sameFile(one, other));
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
