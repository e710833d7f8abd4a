package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.elasticvision.convert.cli.Converters;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.cli.progress.TrainingRun;
import org.elasticvision.train.cli.proposal.ProposedOptions;
import org.elasticvision.train.cli.recipe.RecipeFileOptions;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic train}: a folder of images becomes a trained network. */
@Command(
        name = "train",
        description =
                "Trains a network, or resumes a run with --resume. Without --arch, network and recipe are proposed"
                        + " from the data and printed as options; with it, options that are not given are as in the published"
                        + " recipe of the task.",
        sortOptions = false)
public final class TrainCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATA",
            description =
                    "The folder of the images: train/CLASS/*.jpg and val/CLASS/*.jpg, CLASS/*.jpg alone, or IDX files"
                            + " (classification), MSCOCO or Roboflow's COCO (multilabel), PASCAL VOC (segmentation).")
    private Path data;

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            converter = Converters.ToArchitecture.class,
            description = "The architecture, such as resnext50_elastic; 'elastic models' lists them (default: that of"
                    + " --init-from, else one that suits the number of images and the device).")
    private Architecture architecture;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            converter = Converters.ToTask.class,
            description = "classification, multilabel or segmentation (default: what DATA is laid out for).")
    private Task task;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "The output folder, for checkpoints, metrics, report and model (default: ./ARCH_TASK).")
    private Optional<Path> output;

    @Mixin
    private ResumeOption resume;

    @Mixin
    private RecipeFileOptions recipes;

    @Mixin
    private SettingsOptions options;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Integer call() {
        if (!resume.isGiven() && data == null && !options.data().areGiven()) {
            throw wrong("give DATA, or " + ResumeOption.NAME + " DIR");
        }
        if (recipes.mustBeRead()) {
            return recipes.run();
        }
        options.check();
        return resume.isGiven() ? goOn() : begin();
    }

    private int begin() {
        ProposedOptions proposed = new ProposedOptions(spec);
        proposed.ofData(Optional.ofNullable(data), options.data().lackValidation());
        if (!proposed.areAny()) {
            proposed.ofNetwork(
                    task(),
                    source(task(), Optional.empty()),
                    options.initFrom().on(Optional.empty()),
                    options.device(),
                    options.ranks().wanted());
        }
        return proposed.areAny() ? proposed.run() : beginAsGiven();
    }

    private Task task() {
        return task == null ? Task.CLASSIFICATION : task;
    }

    private int beginAsGiven() {
        Path folder = output.orElseGet(() -> Path.of(architecture.id() + "_" + task().id()));
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        if (checkpoints.last().isPresent() || Files.exists(checkpoints.previousFile())) {
            throw wrong(folder + " has a run already: resume it (" + ResumeOption.NAME + " " + folder
                    + "), or give another folder with -o");
        }
        return run(folder, Optional.empty());
    }

    /** By the settings that the run has kept, with what is given now on top. */
    private int goOn() {
        Path folder = resume.folder();
        resume.requireNoOtherFolder(output);
        RunSettings saved = resume.saved((then, before) -> source(then, Optional.of(before)));
        resume.requireNoOtherTask(Optional.ofNullable(task), saved);
        resume.requireNoOtherWeights(options.initFrom(), saved);
        return run(folder, Optional.of(saved));
    }

    private int run(Path folder, Optional<RunSettings> saved) {
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        try (Outputs outputs = new Outputs(spec)) {
            options.declareInputs(outputs, saved);
            outputs.reads("the run's last checkpoint", checkpoints.lastFile());
            outputs.reads("the run's previous checkpoint", checkpoints.previousFile());
            outputs.reads("the run's best checkpoint", checkpoints.bestFile());
            SettingsOptions.declareOwn(outputs, folder);
            outputs.folder("-o", folder);
            recipes.declare(outputs, folder);
            options.declareOutputs(outputs, folder, saved);
            List<String> arguments = spec.root().commandLine().getParseResult().expandedArgs();
            return options.ranks().run(folder, arguments, group -> {
                TrainingJob job = job(folder, saved);
                TrainingListener recipe = recipes.keeping(job.settings(), group.size(), folder);
                return new TrainingRun(job, saved.isPresent(), spec.commandLine(), group, recipe).run();
            });
        }
    }

    private TrainingJob job(Path folder, Optional<RunSettings> saved) {
        Task kind = saved.isEmpty() || Given.has(spec, "--task")
                ? task()
                : saved.get().task();
        Architecture network = architecture == null ? saved.orElseThrow().architecture() : architecture;
        Recipe recipe = options.recipe(kind, network, saved);
        DataSource source = source(kind, saved.flatMap(RunSettings::data).map(RunSettings.Data::source));
        DatasetFolder dataset = source.open(kind, spec.commandLine().getErr()::println);
        requireOutside(dataset, folder, saved.isPresent());
        Optional<Path> last = saved.map(run -> new CheckpointFolder(folder).lastFile());
        List<String> notes = saved.map(resume::notes).orElseGet(this::words);
        RunSettings settings =
                options.on(network, kind, recipe, source, dataset, saved, last).with(run -> run.notes(notes));
        // Says at once what size the network cannot take.
        Preprocessing input = settings.preprocessing();
        network.network(kind, settings.labels().size())
                .forward(new ShapeOps(), new Shape(3, input.height(), input.width()));
        return TrainingJob.of(settings, dataset, options.open(settings.torch()), folder);
    }

    /** The pictures of a run would be a class, or in one. */
    private void requireOutside(DatasetFolder dataset, Path folder, boolean resumes) {
        Path run = folder.toAbsolutePath().normalize();
        for (Path classes : dataset.foldersOfClasses()) {
            if (run.startsWith(classes.toAbsolutePath().normalize())) {
                String problem = folder + " lies in " + classes
                        + ", whose folders are the classes: its pictures would be one too; ";
                throw wrong(
                        resumes
                                ? ResumeOption.NAME + " " + problem
                                        + "move it out of there, and resume it where it is then"
                                : "-o " + problem + "give a folder elsewhere with -o");
            }
        }
    }

    private List<String> words() {
        return RecordedCommand.of(spec.commandLine().getParseResult(), notKept())
                .words();
    }

    /** Options that are of one command, not of the run. */
    private static Set<String> notKept() {
        Set<String> notKept = new HashSet<>(RecipeFileOptions.notKept());
        notKept.add(ResumeOption.NAME);
        return notKept;
    }

    /** Where the data lie now. */
    private DataSource source(Task kind, Optional<DataSource> before) {
        DataSource source = options.data().on(kind, Optional.ofNullable(data), before, options.seed());
        if (before.isPresent()) {
            TrainDataOptions.requireThere(source, resume.folder());
        }
        return source;
    }

    /**
     * The settings that a command line of version 0.1 stands for.
     *
     * @param last checkpoint of the run
     * @param moved where its data lie now, by its task and where they lay
     */
    RunSettings ofVersion01(Path last, BiFunction<Task, DataSource, DataSource> moved) {
        DataSource source = moved.apply(task(), source(task(), Optional.empty()));
        DatasetFolder dataset = source.open(task(), note -> {});
        Recipe recipe = options.recipe(task(), architecture, Optional.empty());
        return options.on(architecture, task(), recipe, source, dataset, Optional.empty(), Optional.of(last));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
