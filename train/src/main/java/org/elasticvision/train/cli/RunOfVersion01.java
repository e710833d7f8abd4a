package org.elasticvision.train.cli;

import java.util.List;
import java.util.function.BiFunction;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.SavedValues;
import picocli.CommandLine;

/**
 * A run of ElasticVision 0.1, whose checkpoints keep the words of the command line that began it, and no settings: what they say
 * is what the options of {@code elastic train} said then.
 */
final class RunOfVersion01 {
    private static final String COMMAND = "notes";

    private RunOfVersion01() {}

    /** Whether a command line began a run, of this version too; else an application did, or the demo. */
    static boolean hasCommand(SavedValues saved) {
        return !saved.texts(COMMAND).isEmpty();
    }

    /**
     * The settings that the words stand for.
     *
     * @param saved what the checkpoint keeps
     * @param moved where its data lie now, by its task and where they lay
     */
    static RunSettings settings(SavedValues saved, BiFunction<Task, DataSource, DataSource> moved) {
        List<String> words = saved.texts(COMMAND);
        TrainCommand command = new TrainCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true) // an option may stand there once for every time it was given
                .parseArgs(words.toArray(String[]::new));
        return command.ofVersion01(saved.file(), moved).with(run -> run.notes(words));
    }
}
