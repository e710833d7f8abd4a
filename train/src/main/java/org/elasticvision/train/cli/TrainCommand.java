package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.cli.Converters;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Shape;
import org.elasticvision.convert.zoo.network.ShapeOps;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.Outputs;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.data.Augmentation;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.run.TrainingJob;
import org.elasticvision.train.torch.TorchOptions;
import picocli.CommandLine;
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
        description = "Trains a network, or resumes a run with --resume. Options that are not given are as in the"
                + " published recipe of the"
                + " task.",
        sortOptions = false)
public final class TrainCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATA",
            description =
                    "The folder of the images: train/CLASS/*.jpg and val/CLASS/*.jpg or IDX files (classification),"
                            + " MSCOCO or Roboflow's COCO (multilabel), PASCAL VOC (segmentation).")
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
            description = "The output folder, for checkpoints, metrics, report and model (default: ./ARCH_TASK).")
    private Optional<Path> output;

    @Mixin
    private ResumeOption resume;

    @Option(
            names = "--init-from",
            paramLabel = "CHECKPOINT",
            description = "Start from these weights; a head for other classes or another task is replaced.")
    private Optional<Path> initFrom;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description = "Which entry of --init-from holds the weights, as a path of keys from the file's"
                    + " root, such as state_dict_ema or ema.model (default: the only one"
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
    private ViewOption viewOption;

    @Mixin
    private TrainDataOptions dataOptions;

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
            description = "Random seed of initial weights, order and augmentation (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Where to write the best network as an ONNX model (default: model.onnx in the output" + " folder).")
    private Optional<Path> export;

    @Option(
            names = "--export-safetensors",
            paramLabel = "FILE",
            description = "Where to write the best network's weights in that format too.")
    private Optional<Path> exportSafetensors;

    @Option(names = "--legacy-checkpoint", description = "Write checkpoints in the form that PyTorch before 1.6 reads.")
    private boolean legacyCheckpoint;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Integer call() {
        return resume.isGiven() ? resumed().run(true) : run(false);
    }

    /** The command that began the run, with what is given now on top. */
    private TrainCommand resumed() {
        TrainCommand command = new TrainCommand();
        CommandLine commandLine = RecordedCommand.commandLine(command)
                .setCommandName(spec.qualifiedName())
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr());
        commandLine.parseArgs(resume.words(new TrainCommand(), output, initFrom).toArray(String[]::new));
        command.output = Optional.of(resume.folder());
        return command;
    }

    private int run(boolean resuming) {
        if ((data == null && !dataOptions.areGiven()) || architecture == null) {
            throw wrong("give DATA and --arch, or " + ResumeOption.NAME + " DIR");
        }
        if (workers != null && workers < 1) {
            throw wrong("--workers " + workers + " must be at least 1");
        }
        if (entry.isPresent() && initFrom.isEmpty()) {
            throw wrong("--entry says where in --init-from the weights are: give both");
        }
        Path folder = output.orElseGet(() -> Path.of(architecture.id() + "_" + task.id()));
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        if (!resuming && checkpoints.last().isPresent()) {
            throw wrong(folder + " has a run already: resume it (" + ResumeOption.NAME + " " + folder
                    + "), or give another folder with -o");
        }
        if (resuming && data != null && !Files.isDirectory(data)) {
            throw new ElasticVisionException(data + ": the data of this run does not exist any more; if it has"
                    + " moved, resume with: "
                    + CommandText.of("train", "NEWDATA", ResumeOption.NAME, folder));
        }
        try (Outputs outputs = new Outputs(spec)) {
            initFrom.ifPresent(file -> outputs.reads("the checkpoint to start from", file));
            labels.ifPresent(file -> outputs.reads("--labels", file));
            outputs.reads("the run's last checkpoint", checkpoints.lastFile());
            outputs.reads("the run's best checkpoint", checkpoints.bestFile());
            outputs.folder("-o", folder);
            export.ifPresent(file -> outputs.file("--export", file));
            exportSafetensors.ifPresent(file -> outputs.file("--export-safetensors", file));
            Path model = export.orElseGet(() -> folder.resolve("model.onnx"));
            return new TrainingRun(job(folder, resuming), resuming, model, exportSafetensors, spec.commandLine()).run();
        }
    }

    private TrainingJob job(Path folder, boolean resuming) {
        Recipe recipe = recipeOptions.recipe(task, architecture);
        DatasetFolder dataset = dataOptions.dataset(task, data);
        Augmentation augmentation = augmentationOptions.augmentation(task, dataset.usualAugmentation());
        List<Label> classes = labels.map(Labels::read).orElseGet(dataset::labels);
        Preprocessing preprocessing = preprocessing(dataset)
                .withView(viewOption.view(resuming ? new CheckpointFolder(folder).last() : Optional.empty(), initFrom));
        // Says at once what size the network cannot take.
        architecture
                .network(task, classes.size())
                .forward(new ShapeOps(), new Shape(3, preprocessing.height(), preprocessing.width()));
        TorchOptions torch = torchOptions.options();
        return new TrainingJob(
                        architecture,
                        task,
                        classes,
                        preprocessing,
                        dataset.training(classes, preprocessing, augmentation),
                        dataset.validation(classes, preprocessing),
                        recipe,
                        torch,
                        new TrainingJob.Loading(workers == null ? torchOptions.threads() : workers, skipBad),
                        seed,
                        initFrom.map(file -> new TrainingJob.InitialWeights(file, entry)),
                        folder,
                        RecordedCommand.of(spec.commandLine().getParseResult(), Set.of(ResumeOption.NAME))
                                .words())
                .withCheckpoints(legacyCheckpoint ? CheckpointForm.LEGACY : CheckpointForm.ZIP);
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
        InputSize size = inputSize.orElseGet(() -> {
            int usual = architecture
                    .inputSize(task)
                    .orElseThrow(() -> wrong(architecture + " has no usual input size: give --input-size, such as 64"));
            return new InputSize(usual, usual);
        });
        return Preprocessing.published(task, size.height(), size.width());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
