package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.SafetensorsExport;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.cli.Converters;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.run.Listeners;
import org.elasticvision.train.run.ModelExport;
import org.elasticvision.train.run.RunReport;
import org.elasticvision.train.run.Training;
import org.elasticvision.train.run.TrainingJob;
import org.elasticvision.train.run.TrainingListener;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.torch.TorchOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code elastic train}: a folder of images becomes a trained network. */
@Command(
        name = "train",
        description =
                "Trains a network, or goes on with --resume. What is not said is as in the published recipe of the"
                        + " task.",
        sortOptions = false)
public final class TrainCommand implements ElasticCommand {
    private static final int IMAGES_COMPARED = 64;
    private static final String RESUME = "--resume";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATA",
            description =
                    "The folder of the images: train/CLASS/*.jpg and val/CLASS/*.jpg or IDX files (classification),"
                            + " MSCOCO (multilabel), PASCAL VOC (segmentation).")
    private Path data;

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            converter = Converters.ToArchitecture.class,
            description = "The architecture, such as resnext50_elastic; 'elastic models' lists them.")
    private Architecture architecture;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            defaultValue = "classification",
            converter = Converters.ToTask.class,
            description = "classification, multilabel or segmentation (default: ${DEFAULT-VALUE}).")
    private Task task;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where checkpoints, metrics, report and model go (default: ./ARCH_TASK).")
    private Optional<Path> output;

    @Option(
            names = RESUME,
            paramLabel = "DIR",
            description =
                    "Go on with the run in this folder, exactly where it ended. Its options hold unless given again.")
    private Optional<Path> resume;

    @Option(
            names = "--init-from",
            paramLabel = "CHECKPOINT",
            description = "Start from these weights; a head for other classes or another task is replaced.")
    private Optional<Path> initFrom;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description = "Which entry of --init-from holds the weights, such as state_dict_ema (default: the only one"
                    + " that fits, or state_dict).")
    private Optional<String> entry;

    @Option(
            names = "--input-size",
            paramLabel = "HxW",
            converter = Converters.ToInputSize.class,
            description = "Input height and width in pixels, or one number; for segmentation the size of the crops"
                    + " (default: 224, for segmentation 513; IDX images their own size).")
    private Optional<InputSize> inputSize;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "A label per line, in class order (default: what the data says).")
    private Optional<Path> labels;

    @Mixin
    private RecipeOptions recipeOptions;

    @Mixin
    private AugmentationOptions augmentationOptions;

    @Mixin
    private TorchDeviceOptions torchOptions;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that read and augment images (default: as --threads).")
    private Integer workers;

    @Option(names = "--skip-bad", description = "Leave out images that cannot be read, with a line for each.")
    private boolean skipBad;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of initial weights, order and augmentation (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Where the best network goes as an ONNX model (default: model.onnx in the output folder).")
    private Optional<Path> export;

    @Option(
            names = "--export-safetensors",
            paramLabel = "FILE",
            description = "Where the best network's weights go in that format too.")
    private Optional<Path> exportSafetensors;

    @Option(names = "--legacy-checkpoint", description = "Write checkpoints in the form that PyTorch before 1.6 reads.")
    private boolean legacyCheckpoint;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Integer call() {
        return resume.isPresent() ? resumed(resume.get()).run(true) : run(false);
    }

    /** The command that began the run, with what is given now on top. */
    private TrainCommand resumed(Path folder) {
        Path checkpoint = new CheckpointFolder(folder)
                .last()
                .orElseThrow(() -> wrong(RESUME + " " + folder + ": there is no checkpoint to go on from"));
        List<String> arguments = new ArrayList<>();
        try (TrainingCheckpoint opened = TrainingCheckpoint.open(checkpoint)) {
            arguments.addAll(Training.notes(opened));
        }
        arguments.addAll(arguments(spec.commandLine().getParseResult()));
        TrainCommand command = new TrainCommand();
        CommandLine commandLine = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr());
        commandLine.parseArgs(arguments.toArray(String[]::new));
        command.output = Optional.of(folder);
        return command;
    }

    /** What was given, so that it means the same in another folder; without {@value #RESUME}. */
    private static List<String> arguments(ParseResult parsed) {
        List<String> arguments = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (option.longestName().equals(RESUME)) {
                continue;
            }
            boolean flag = option.arity().max() == 0;
            for (String value : option.originalStringValues()) {
                String text = option.type() == Path.class || isOptionalPath(option) ? absolute(value) : value;
                arguments.add(flag ? option.longestName() : option.longestName() + "=" + text);
            }
        }
        parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .map(TrainCommand::absolute)
                .forEach(arguments::add);
        return arguments;
    }

    private static boolean isOptionalPath(OptionSpec option) {
        return option.typeInfo().isOptional() && option.auxiliaryTypes()[0] == Path.class;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private int run(boolean resuming) {
        if (data == null || architecture == null) {
            throw wrong("give DATA and --arch, or " + RESUME + " DIR");
        }
        if (entry.isPresent() && initFrom.isEmpty()) {
            throw wrong("--entry says where in --init-from the weights are: give both");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Recipe recipe = recipeOptions.recipe(task, architecture);
        DatasetFolder dataset = DatasetFolder.detect(task, data);
        List<Label> classes = labels.map(Labels::read).orElseGet(dataset::labels);
        Preprocessing preprocessing = preprocessing(dataset);
        TorchOptions torch = torchOptions.options();
        Path folder = output.orElseGet(() -> Path.of(architecture.id() + "_" + task.id()));
        if (!resuming && new CheckpointFolder(folder).last().isPresent()) {
            throw wrong(folder + " has a run already: go on with it (" + RESUME + " " + folder
                    + "), or give another folder with -o");
        }
        TrainingJob job = new TrainingJob(
                        architecture,
                        task,
                        classes,
                        preprocessing,
                        dataset.training(
                                classes, preprocessing, augmentationOptions.augmentation(dataset.usualAugmentation())),
                        dataset.validation(classes, preprocessing),
                        recipe,
                        torch,
                        new TrainingJob.Loading(workers == null ? torchOptions.threads() : workers, skipBad),
                        seed,
                        initFrom.map(file -> new TrainingJob.InitialWeights(file, entry)),
                        folder,
                        arguments(spec.commandLine().getParseResult()))
                .withCheckpoints(legacyCheckpoint ? CheckpointForm.LEGACY : CheckpointForm.ZIP);
        out.printf(
                Locale.ROOT,
                "%s, %s of %,d classes, input %dx%d; %,d images to learn from, %,d to measure on; %s%n",
                architecture,
                task,
                classes.size(),
                preprocessing.height(),
                preprocessing.width(),
                job.training().size(),
                job.validation().size(),
                torch.device());
        out.flush();
        RunReport report = resuming ? RunReport.resume(job) : RunReport.start(job);
        TrainingResult result;
        try (GracefulStop stop = new GracefulStop(err);
                TrainingDisplay display = new TrainingDisplay(out, err)) {
            TrainingListener listener = Listeners.of(report, display);
            result = resuming
                    ? Training.resume(job, listener, stop.signal())
                    : Training.start(job, listener, stop.signal());
            if (!result.finished()) {
                display.note("stopped; go on with: elastic train " + RESUME + " " + folder);
                return 1;
            }
            if (result.epochs().isEmpty()) {
                display.note("all " + recipe.epochs() + " epochs were done before; give more with --epochs");
            }
        }
        Path model = export.orElseGet(() -> job.folder().resolve("model.onnx"));
        boolean agrees = export(job, model, result, out);
        exportSafetensors.ifPresent(file -> exportWeights(result, file, out));
        String command = "elastic train " + String.join(" ", job.notes());
        Map<String, String> best =
                Map.of(task.scoreName(), String.format(Locale.ROOT, "%.2f %%", 100 - result.bestError()));
        report.finish(architecture.id() + ", " + task.id(), command, best, model, err::println);
        out.println(folder.resolve("report.html") + ": curves and predictions");
        return agrees ? 0 : 1;
    }

    private Preprocessing preprocessing(DatasetFolder dataset) {
        Optional<InputSize> imageSize = dataset.imageSize();
        if (imageSize.isPresent() && inputSize.isEmpty()) {
            InputSize own = imageSize.get();
            return new Preprocessing(
                    Preprocessing.Fit.RESIZE_AND_CROP,
                    Math.max(own.height(), own.width()),
                    own.height(),
                    own.width(),
                    Interpolation.BILINEAR,
                    Preprocessing.IMAGENET_MEAN,
                    Preprocessing.IMAGENET_STD);
        }
        if (inputSize.isEmpty() && !architecture.isPublished()) {
            throw wrong(architecture + " has no usual input size: give --input-size, such as 64");
        }
        int usual = task == Task.SEGMENTATION ? 513 : 224;
        InputSize size = inputSize.orElseGet(() -> new InputSize(usual, usual));
        return Preprocessing.published(task, size.height(), size.width());
    }

    private static boolean export(TrainingJob job, Path model, TrainingResult result, PrintWriter out) {
        ModelExport.Export exported = ModelExport.export(result.best(), model, job.validation(), IMAGES_COMPARED);
        out.printf(
                Locale.ROOT,
                "%s: the best network, %.2f %% error; on %d validation images it differs from LibTorch by %.1e of the"
                        + " largest output, %.2f %% same answers%s%n",
                model,
                result.bestError(),
                exported.images(),
                exported.relativeError(),
                100 * exported.sameAnswers(),
                exported.agrees() ? "" : ": TOO MUCH, do not use it and please report this");
        return exported.agrees();
    }

    private void exportWeights(TrainingResult result, Path file, PrintWriter out) {
        try (Checkpoint best = Checkpoint.open(result.best())) {
            SafetensorsExport.write(
                    best, file, Optional.empty(), Optional.of(architecture), Optional.of(task), out::println);
        }
        out.println(file + ": the weights of the best network");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
