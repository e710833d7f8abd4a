package org.elasticvision.train.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.model.View;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.HeldOut;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import org.elasticvision.train.torch.device.TorchSettings;
import org.elasticvision.train.torch.device.TrainingPrecision;

/**
 * The settings of a run as a checkpoint keeps them: plain named values, with a version, in an entry {@value #KEY} of the
 * training state. Architecture, task, labels and preprocessing stand in the checkpoint's own entries, and are not said twice.
 */
final class SavedSettings {
    private static final String KEY = "settings";
    /** Rises when an older reader would go on wrongly; what is only added needs no other number. */
    private static final long VERSION = 1;

    private static final String NOTES = "notes";
    private static final String ERASING = "erasing";
    private static final String RANDAUGMENT = "randaugment";
    private static final String MIXUP = "mixup";
    private static final String CUTMIX = "cutmix";
    private static final String HELD_OUT = "val_split";
    private static final String HELD_OUT_SEED = "val_split_seed";
    private static final String QUANTIZED = "quantized";

    private SavedSettings() {}

    static boolean areIn(TrainingSummary summary) {
        return summary.training().containsKey(KEY);
    }

    /**
     * {@return the settings of the run that wrote a checkpoint}
     *
     * @param file the checkpoint
     * @param summary what it says
     * @throws CheckpointException if it has none, or of a later version
     */
    static RunSettings of(Path file, TrainingSummary summary) {
        SavedValues all = new SavedValues(file, summary.training());
        if (!areIn(summary)) {
            throw new CheckpointException(
                    file,
                    "is of ElasticVision 0.1, which kept a command line in place of settings; go on with it once by 'elastic"
                            + " train --resume', or make its job again and resume that");
        }
        SavedValues saved = all.map(KEY);
        if (saved.integer("version") > VERSION) {
            throw new CheckpointException(
                    file,
                    "its settings are of a later version of ElasticVision, "
                            + summary.model().toolVersion() + "; go on with that");
        }
        try {
            return read(summary, saved).with(run -> run.notes(all.texts(NOTES)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CheckpointException(
                    file,
                    "cannot be resumed: a value of its settings is not allowed: " + e.getMessage()
                            + "; start a new run from its weights with --init-from",
                    e);
        }
    }

    private static RunSettings read(TrainingSummary summary, SavedValues saved) {
        ModelEntry model = summary.model();
        return RunSettings.of(
                        summary.architecture(),
                        model.task(),
                        model.labels(),
                        // What says nothing is from when images were read as they are stored.
                        model.preprocessing().withViewUnlessStated(View.STORED))
                .with(run -> {
                    if (saved.has("data")) {
                        run.data(new RunSettings.Data(
                                source(saved.map("data")), augmentation(saved.map("augmentation"))));
                    }
                    run.loading(new RunSettings.Loading(saved.countIfAny("workers"), saved.truth("skip_bad")))
                            .recipe(SavedRecipe.of(saved.map("recipe")))
                            .torch(torch(saved.map("torch")))
                            .seed(saved.integer("seed"))
                            .initFrom(saved.pathIfAny("init_from")
                                    .map(file -> new RunSettings.InitialWeights(file, saved.textIfAny("init_entry"))))
                            .results(new RunSettings.Results(
                                    saved.word("checkpoints", CheckpointForm.class),
                                    saved.pathIfAny("model"),
                                    saved.pathIfAny("weights"),
                                    saved.textIfAny("save_every").map(SaveInterval::of),
                                    saved.pathIfAny("tensorboard")))
                            .quantized(
                                    saved.has(QUANTIZED)
                                            ? Optional.of(quantized(saved.map(QUANTIZED)))
                                            : Optional.empty());
                });
    }

    private static QuantizedTraining quantized(SavedValues values) {
        return new QuantizedTraining(
                values.word("target", Int8Target.class),
                values.word("weights", Int8Weights.class),
                values.count("epochs"),
                values.real("learning_rate"));
    }

    private static DataSource source(SavedValues data) {
        boolean byOrder = data.truth("by_order");
        Optional<Path> folder = data.pathIfAny("folder");
        return folder.map(DataSource::of)
                .orElseGet(() -> DataSource.of(
                        new CocoFiles(data.path("annotations"), data.path("images")),
                        new CocoFiles(data.path("val_annotations"), data.path("val_images"))))
                .withByOrder(byOrder)
                .withHeldOut(
                        data.has(HELD_OUT)
                                ? Optional.of(new HeldOut(data.real(HELD_OUT), data.integer(HELD_OUT_SEED)))
                                : Optional.empty());
    }

    private static Augmentation augmentation(SavedValues values) {
        return new Augmentation(
                values.word("crop", Augmentation.Crop.class),
                values.real("area_min"),
                values.real("ratio_max"),
                values.count("shift"),
                values.real("flip"),
                values.real("scale_min"),
                values.real("scale_max"),
                values.has(ERASING) ? values.real(ERASING) : 0,
                values.has(RANDAUGMENT) ? Optional.of(randAugment(values.map(RANDAUGMENT))) : Optional.empty(),
                values.has(MIXUP) ? values.real(MIXUP) : 0,
                values.has(CUTMIX) ? values.real(CUTMIX) : 0);
    }

    private static RandAugment randAugment(SavedValues values) {
        return new RandAugment(values.count("operations"), values.count("magnitude"));
    }

    private static TorchSettings torch(SavedValues values) {
        return new TorchSettings(
                values.text("device"),
                values.word("precision", TrainingPrecision.class),
                values.truth("channels_last"),
                values.truth("activation_checkpointing"),
                values.countIfAny("threads"));
    }

    /**
     * Adds what {@link #of} reads.
     *
     * @param values of the training state
     * @param settings to be kept
     */
    static void addTo(Map<String, Object> values, RunSettings settings) {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("version", VERSION);
        settings.data().ifPresent(data -> {
            saved.put("data", values(data.source()));
            saved.put("augmentation", values(data.augmentation()));
        });
        settings.loading().threads().ifPresent(threads -> saved.put("workers", threads));
        saved.put("skip_bad", settings.loading().skipBad());
        saved.put("recipe", SavedRecipe.values(settings.recipe()));
        saved.put("torch", values(settings.torch()));
        saved.put("seed", settings.seed());
        settings.initFrom().ifPresent(initial -> {
            saved.put("init_from", initial.file().toString());
            initial.entry().ifPresent(entry -> saved.put("init_entry", entry));
        });
        saved.put("checkpoints", word(settings.results().checkpoints()));
        settings.results().model().ifPresent(file -> saved.put("model", file.toString()));
        settings.results().weights().ifPresent(file -> saved.put("weights", file.toString()));
        settings.results().saveEvery().ifPresent(every -> saved.put("save_every", every.toString()));
        settings.results().tensorBoard().ifPresent(folder -> saved.put("tensorboard", folder.toString()));
        settings.quantized().ifPresent(quantized -> saved.put(QUANTIZED, values(quantized)));
        values.put(KEY, saved);
        values.put(NOTES, settings.notes());
    }

    private static Map<String, Object> values(DataSource source) {
        Map<String, Object> values = new LinkedHashMap<>();
        source.folder().ifPresent(folder -> values.put("folder", folder.toString()));
        List<CocoFiles> parts = source.parts();
        if (!parts.isEmpty()) {
            values.put("annotations", parts.get(0).annotations().toString());
            values.put("images", parts.get(0).images().toString());
            values.put("val_annotations", parts.get(1).annotations().toString());
            values.put("val_images", parts.get(1).images().toString());
        }
        values.put("by_order", source.byOrder());
        source.heldOut().ifPresent(held -> {
            values.put(HELD_OUT, held.share());
            values.put(HELD_OUT_SEED, held.seed());
        });
        return values;
    }

    private static Map<String, Object> values(QuantizedTraining quantized) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("target", word(quantized.target()));
        values.put("weights", word(quantized.weights()));
        values.put("epochs", (long) quantized.epochs());
        values.put("learning_rate", quantized.learningRate());
        return values;
    }

    private static Map<String, Object> values(Augmentation augmentation) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("crop", word(augmentation.crop()));
        values.put("area_min", augmentation.areaMin());
        values.put("ratio_max", augmentation.ratioMax());
        values.put("shift", augmentation.shift());
        values.put("flip", augmentation.flip());
        values.put("scale_min", augmentation.scaleMin());
        values.put("scale_max", augmentation.scaleMax());
        values.put(ERASING, augmentation.erasing());
        augmentation.randAugment().ifPresent(operations -> values.put(RANDAUGMENT, values(operations)));
        values.put(MIXUP, augmentation.mixUp());
        values.put(CUTMIX, augmentation.cutMix());
        return values;
    }

    private static Map<String, Object> values(RandAugment operations) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("operations", (long) operations.operations());
        values.put("magnitude", (long) operations.magnitude());
        return values;
    }

    private static Map<String, Object> values(TorchSettings torch) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("device", torch.device());
        values.put("precision", word(torch.precision()));
        values.put("channels_last", torch.channelsLast());
        values.put("activation_checkpointing", torch.activationCheckpointing());
        torch.threads().ifPresent(threads -> values.put("threads", threads));
        return values;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
