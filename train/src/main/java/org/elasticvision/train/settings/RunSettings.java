package org.elasticvision.train.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.device.TorchSettings;

/**
 * All that says what a training run does, as values: a checkpoint keeps them, and a run goes on by them. {@link #open} makes a job of them.
 *
 * <pre>{@code
 * RunSettings settings = RunSettings.of(Architecture.of("resnext50_elastic"), Task.CLASSIFICATION, DataSource.of(photos), 224)
 *         .with(run -> run.recipe(recipe).seed(7));
 * }</pre>
 *
 * @param architecture of the network
 * @param task what it is trained for
 * @param labels of its classes, in class order
 * @param preprocessing of the evaluation, with the input size; the trained model carries it, with the view of photos: upright
 *     by EXIF where nothing else is said
 * @param data what it learns from; empty where an application hands over examples of its own
 * @param loading how images are read
 * @param recipe how
 * @param torch where and in what precision
 * @param seed of initial weights, order and augmentation
 * @param initFrom a checkpoint whose weights are where the network starts
 * @param results what is written besides the checkpoints, and the form of these
 * @param quantized how the trained network is trained on for an int8 model; empty for not at all
 * @param notes for people, kept in the checkpoints, such as the command line that began the run
 */
public record RunSettings(
        Architecture architecture,
        Task task,
        List<Label> labels,
        Preprocessing preprocessing,
        Optional<Data> data,
        Loading loading,
        Recipe recipe,
        TorchSettings torch,
        long seed,
        Optional<InitialWeights> initFrom,
        Results results,
        Optional<QuantizedTraining> quantized,
        List<String> notes) {
    public RunSettings {
        labels = List.copyOf(labels);
        preprocessing = preprocessing.withViewUnlessStated(View.UPRIGHT); // as the data does
        notes = List.copyOf(notes);
    }

    /**
     * What a network learns from.
     *
     * @param source where it lies
     * @param augmentation how the images to learn from are varied
     */
    public record Data(DataSource source, Augmentation augmentation) {}

    /**
     * How images are read.
     *
     * @param threads that decode and augment; empty for as many as LibTorch is given
     * @param skipBad whether an unusable image is reported and left out; else it ends the run
     */
    public record Loading(OptionalInt threads, boolean skipBad) {
        public Loading {
            threads.ifPresent(count -> Check.atLeast("workers", count, 1));
        }
    }

    /**
     * Where the network starts.
     *
     * @param file a checkpoint
     * @param entry where in it the weights are; empty for the only or usual ones
     */
    public record InitialWeights(Path file, Optional<String> entry) {
        public InitialWeights {
            file = file.toAbsolutePath().normalize();
        }
    }

    /**
     * What a run leaves.
     *
     * @param checkpoints the form of the checkpoints
     * @param model the ONNX file of the best network; empty for the usual one in the run's folder
     * @param weights a safetensors file of the best network
     * @param saveEvery when checkpoints are written inside an epoch; empty for at its end alone
     * @param tensorBoard folder of event files for TensorBoard, from the run's folder on where it is relative; empty for none
     */
    public record Results(
            CheckpointForm checkpoints,
            Optional<Path> model,
            Optional<Path> weights,
            Optional<SaveInterval> saveEvery,
            Optional<Path> tensorBoard) {
        /** Where event files go if nothing else is said. */
        public static final Path TENSORBOARD = Path.of("tensorboard");

        public Results {
            model = model.map(file -> file.toAbsolutePath().normalize());
            weights = weights.map(file -> file.toAbsolutePath().normalize());
        }

        /**
         * With checkpoints at the ends of epochs alone, and nothing for TensorBoard.
         *
         * @param checkpoints their form
         * @param model the ONNX file of the best network; empty for the usual one in the run's folder
         * @param weights a safetensors file of the best network
         */
        public Results(CheckpointForm checkpoints, Optional<Path> model, Optional<Path> weights) {
            this(checkpoints, model, weights, Optional.empty(), Optional.empty());
        }

        /** {@return zip files, and nothing that is not usual} */
        public static Results usual() {
            return new Results(CheckpointForm.ZIP, Optional.empty(), Optional.empty());
        }
    }

    /**
     * {@return the settings of a run as published, on examples that an application hands over}
     *
     * @param architecture of the network
     * @param task what it is trained for
     * @param labels of its classes, in class order
     * @param preprocessing of the evaluation, with the input size
     */
    public static RunSettings of(
            Architecture architecture, Task task, List<Label> labels, Preprocessing preprocessing) {
        return new RunSettings(
                architecture,
                task,
                labels,
                preprocessing,
                Optional.empty(),
                new Loading(OptionalInt.empty(), false),
                Recipe.published(task, architecture),
                TorchSettings.defaults(),
                1,
                Optional.empty(),
                Results.usual(),
                Optional.empty(),
                List.of());
    }

    /**
     * {@return the settings of a run as published, on a data set with its own classes and usual augmentation}
     *
     * @param architecture of the network
     * @param task what it is trained for
     * @param source of the data
     * @param side height and width of the network's input
     * @throws org.elasticvision.runtime.base.DatasetException if there are no such data
     */
    public static RunSettings of(Architecture architecture, Task task, DataSource source, int side) {
        DatasetFolder dataset = source.open(task, note -> {});
        return of(architecture, task, dataset.labels(), Preprocessing.published(task, side, side))
                .with(run -> run.data(new Data(source, dataset.usualAugmentation())));
    }

    /**
     * {@return whether a checkpoint keeps the settings of its run; those of ElasticVision 0.1 have the words of a command line
     * instead}
     *
     * @param checkpoint an open one
     */
    public static boolean areIn(TrainingCheckpoint checkpoint) {
        return SavedSettings.areIn(checkpoint.summary());
    }

    /**
     * {@return the settings of the run that wrote a checkpoint}
     *
     * @param checkpoint an open one
     * @throws org.elasticvision.convert.checkpoint.file.CheckpointException if it keeps none, or of a later version
     */
    public static RunSettings of(TrainingCheckpoint checkpoint) {
        return SavedSettings.of(checkpoint.file(), checkpoint.summary());
    }

    /**
     * Adds what {@link #of(TrainingCheckpoint)} reads.
     *
     * @param training state that a checkpoint is going to keep
     */
    public void addTo(Map<String, Object> training) {
        SavedSettings.addTo(training, this);
    }

    /**
     * {@return these settings with changes}
     *
     * @param changes to a builder that begins with these values
     */
    public RunSettings with(Consumer<Builder> changes) {
        Builder builder = new Builder(this);
        changes.accept(builder);
        return builder.build();
    }

    /** {@return how many threads read images: as set, else as many as LibTorch is given; empty where neither is set} */
    public OptionalInt readers() {
        return loading.threads().isPresent() ? loading.threads() : torch.threads();
    }

    /**
     * Reads the lists of the data set, and finds the device.
     *
     * @param folder for checkpoints and metrics
     * @param notes is told, a line each, of what is passed over
     * @return the job
     * @throws ElasticVisionException if the data or the machine does not allow it, or an application had handed over the
     *     examples
     */
    public TrainingJob open(Path folder, Consumer<String> notes) {
        DataSource source = data.orElseThrow(() -> new ElasticVisionException(folder
                        + ": an application handed over the examples of this run, so only that can go on with it; make"
                        + " its job again, and resume that"))
                .source();
        return TrainingJob.of(this, source.open(task, notes), torch.open(), folder);
    }

    /** The values by their names; each setter returns the builder. Not thread-safe. */
    public static final class Builder {
        private final Architecture architecture;
        private final Task task;
        private List<Label> labels;
        private Preprocessing preprocessing;
        private Optional<Data> data;
        private Loading loading;
        private Recipe recipe;
        private TorchSettings torch;
        private long seed;
        private Optional<InitialWeights> initFrom;
        private Results results;
        private Optional<QuantizedTraining> quantized;
        private List<String> notes;

        private Builder(RunSettings settings) {
            architecture = settings.architecture;
            task = settings.task;
            labels = settings.labels;
            preprocessing = settings.preprocessing;
            data = settings.data;
            loading = settings.loading;
            recipe = settings.recipe;
            torch = settings.torch;
            seed = settings.seed;
            initFrom = settings.initFrom;
            results = settings.results;
            quantized = settings.quantized;
            notes = settings.notes;
        }

        public Builder labels(List<Label> value) {
            labels = value;
            return this;
        }

        public Builder preprocessing(Preprocessing value) {
            preprocessing = value;
            return this;
        }

        public Builder data(Data value) {
            data = Optional.of(value);
            return this;
        }

        public Builder loading(Loading value) {
            loading = value;
            return this;
        }

        public Builder recipe(Recipe value) {
            recipe = value;
            return this;
        }

        public Builder torch(TorchSettings value) {
            torch = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder initFrom(Optional<InitialWeights> value) {
            initFrom = value;
            return this;
        }

        public Builder results(Results value) {
            results = value;
            return this;
        }

        public Builder quantized(Optional<QuantizedTraining> value) {
            quantized = value;
            return this;
        }

        public Builder notes(List<String> value) {
            notes = value;
            return this;
        }

        private RunSettings build() {
            return new RunSettings(
                    architecture,
                    task,
                    labels,
                    preprocessing,
                    data,
                    loading,
                    recipe,
                    torch,
                    seed,
                    initFrom,
                    results,
                    quantized,
                    notes);
        }
    }
}
