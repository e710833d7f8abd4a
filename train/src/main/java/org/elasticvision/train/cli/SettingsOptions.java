package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.cli.ranks.RanksOptions;
import org.elasticvision.train.cli.recipe.QuantizedTrainingOptions;
import org.elasticvision.train.cli.recipe.RecipeOptions;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.RunSettings.InitialWeights;
import org.elasticvision.train.settings.RunSettings.Loading;
import org.elasticvision.train.settings.RunSettings.Results;
import org.elasticvision.train.settings.SaveInterval;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * All options that become {@link RunSettings}, but for the network and where the data lie. What is not given is as in the settings
 * of the run that goes on; of a new run, as published.
 */
final class SettingsOptions {
    private static final List<String> OWN_FILES =
            List.of("metrics.csv", "metrics.jsonl", "classes.csv", "predictions.png", "report.html", ".lock");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private InitFromOptions initFrom;

    @Mixin
    private InputOptions input;

    @Mixin
    private ViewOption view;

    @Mixin
    private TrainDataOptions data;

    @Mixin
    private RecipeOptions recipe;

    @Mixin
    private QuantizedTrainingOptions quantized;

    @Mixin
    private AugmentationOptions augmentation;

    @Mixin
    private TorchDeviceOptions torch;

    @Mixin
    private RanksOptions ranks;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that read and augment images (default: as --threads).")
    private Integer workers;

    @Option(
            names = "--skip-bad",
            negatable = true,
            description = "Leave out images that cannot be read, with a line for each (default: off).")
    private Boolean skipBad;

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
                    "Where to write the best network as an ONNX model (default: model.onnx in the output folder).")
    private Optional<Path> export;

    @Option(
            names = "--export-safetensors",
            paramLabel = "FILE",
            description = "Where to write the best network's weights in that format too.")
    private Optional<Path> exportSafetensors;

    @Option(
            names = "--legacy-checkpoint",
            negatable = true,
            description = "Write checkpoints in the form that PyTorch before 1.6 reads (default: off).")
    private Boolean legacyCheckpoint;

    @Option(
            names = "--save-every",
            paramLabel = "INTERVAL",
            description = "Write a checkpoint inside an epoch too, in the background: every 10m (s, m or h), or every"
                    + " 500steps (default: at the end of an epoch).")
    private String saveEvery;

    @Option(
            names = "--tensorboard",
            negatable = true,
            description = "Write the figures of updates and epochs as event files for TensorBoard too, into the folder"
                    + " tensorboard of the output folder (default: off).")
    private Boolean tensorBoard;

    @Option(
            names = "--tensorboard-dir",
            paramLabel = "DIR",
            description = "Write event files for TensorBoard into this folder.")
    private Optional<Path> tensorBoardFolder;

    TrainDataOptions data() {
        return data;
    }

    RanksOptions ranks() {
        return ranks;
    }

    /** Of a new run. */
    long seed() {
        return seed;
    }

    /** Where a new run computes, by name. */
    String device() {
        return torch.device();
    }

    InitFromOptions initFrom() {
        return initFrom;
    }

    /** Refuses what is wrong whatever the data and the machine. */
    void check() {
        ranks.check();
        if (saveEvery != null) {
            OptionNames.check(command.commandLine(), () -> checkInterval(saveEvery));
        }
        if (Boolean.FALSE.equals(tensorBoard) && tensorBoardFolder.isPresent()) {
            throw new ParameterException(
                    command.commandLine(), "--no-tensorboard and --tensorboard-dir contradict each other; give one");
        }
        if (workers != null) {
            OptionNames.check(command.commandLine(), () -> Check.atLeast("--workers", workers, 1));
        }
    }

    private static void checkInterval(String text) {
        try {
            SaveInterval.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--save-every: " + e.getMessage(), e);
        }
    }

    /** Says which files are read. */
    void declareInputs(Outputs outputs, Optional<RunSettings> before) {
        initFrom.on(before.flatMap(RunSettings::initFrom))
                .ifPresent(initial -> outputs.reads("the checkpoint to start from", initial.file()));
        input.labelsFile().ifPresent(file -> outputs.reads("--labels", file));
    }

    /** What a run writes in any case, and nothing else may. */
    static void declareOwn(Outputs outputs, Path folder) {
        OWN_FILES.forEach(name -> outputs.reads("a file of the run", folder.resolve(name)));
    }

    /** Sees to it that all files can be written, and that what is named is none that the run writes anyway. */
    void declareOutputs(Outputs outputs, Path folder, Optional<RunSettings> before) {
        Results results = results(before);
        Path model = results.model().orElseGet(() -> TrainingJob.usualModel(folder));
        if (results.model().isPresent()) {
            outputs.file("--export", model);
        } else {
            outputs.reads("the run's model", model);
        }
        quantized(before).ifPresent(int8 -> outputs.file("--qat", int8.target().beside(model)));
        results.tensorBoard().filter(Path::isAbsolute).ifPresent(events -> outputs.folder("--tensorboard-dir", events));
        results.weights().ifPresent(file -> outputs.file("--export-safetensors", file));
    }

    Recipe recipe(Task task, Architecture architecture, Optional<RunSettings> before) {
        boolean hasWeights = initFrom.file().isPresent();
        return recipe.on(task, architecture, before.map(RunSettings::recipe), hasWeights, ranks.size());
    }

    /**
     * The settings.
     *
     * @param recipe that {@link #recipe} has given
     * @param source of the data
     * @param dataset the same, opened
     * @param before of the run that goes on
     * @param last checkpoint of the run that goes on
     */
    RunSettings on(
            Architecture architecture,
            Task task,
            Recipe recipe,
            DataSource source,
            DatasetFolder dataset,
            Optional<RunSettings> before,
            Optional<Path> last) {
        Augmentation varied = augmentation.on(
                task,
                before.flatMap(RunSettings::data).map(RunSettings.Data::augmentation),
                dataset.usualAugmentation());
        List<Label> labels =
                input.labels().or(() -> before.map(RunSettings::labels)).orElseGet(dataset::labels);
        Optional<InitialWeights> weights = initFrom.on(before.flatMap(RunSettings::initFrom));
        Preprocessing preprocessing = input.preprocessing(
                        architecture, task, dataset, before.map(RunSettings::preprocessing))
                .withView(view.view(last, weights.map(InitialWeights::file)));
        boolean seedHolds = before.isEmpty() || Given.has(command, "--seed");
        return RunSettings.of(architecture, task, labels, preprocessing)
                .with(run -> run.data(new RunSettings.Data(source, varied))
                        .loading(loading(before))
                        .recipe(recipe)
                        .torch(torch.on(before.map(RunSettings::torch).orElseGet(TorchSettings::defaults)))
                        .seed(seedHolds ? seed : before.get().seed())
                        .initFrom(weights)
                        .results(results(before))
                        .quantized(quantized(before)));
    }

    TorchOptions open(TorchSettings settings) {
        return torch.open(settings, ranks);
    }

    private Optional<QuantizedTraining> quantized(Optional<RunSettings> before) {
        return quantized.on(before.flatMap(RunSettings::quantized), ranks.wanted());
    }

    private Loading loading(Optional<RunSettings> before) {
        OptionalInt threads = before.map(run -> run.loading().threads()).orElseGet(OptionalInt::empty);
        return new Loading(
                workers == null ? threads : OptionalInt.of(workers),
                skipBad == null ? before.map(run -> run.loading().skipBad()).orElse(false) : skipBad);
    }

    private Results results(Optional<RunSettings> before) {
        Results usual = before.map(RunSettings::results).orElseGet(Results::usual);
        CheckpointForm form = usual.checkpoints();
        if (legacyCheckpoint != null) {
            form = legacyCheckpoint ? CheckpointForm.LEGACY : CheckpointForm.ZIP;
        }
        return new Results(
                form,
                export.or(usual::model),
                exportSafetensors.or(usual::weights),
                saveEvery == null ? usual.saveEvery() : Optional.of(SaveInterval.of(saveEvery)),
                tensorBoard(usual.tensorBoard()));
    }

    private Optional<Path> tensorBoard(Optional<Path> usual) {
        if (tensorBoardFolder.isPresent()) {
            return tensorBoardFolder.map(folder -> folder.toAbsolutePath().normalize());
        }
        if (tensorBoard == null) {
            return usual;
        }
        return tensorBoard ? Optional.of(usual.orElse(Results.TENSORBOARD)) : Optional.empty();
    }
}
