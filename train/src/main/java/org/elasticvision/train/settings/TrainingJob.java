package org.elasticvision.train.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.device.TorchOptions;

/**
 * A run that can begin: its settings, the examples that were found, the device that was found, and a folder.
 *
 * @param settings all that says what it does
 * @param training images to learn from
 * @param validation images to measure on
 * @param torch what the settings' device and precision have come to on this machine
 * @param folder for checkpoints and metrics
 */
public record TrainingJob(
        RunSettings settings, TrainingData training, TrainingData validation, TorchOptions torch, Path folder) {
    public TrainingJob {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * {@return a job on the data of its settings}
     *
     * @param settings whose data they are
     * @param dataset the data, opened
     * @param torch the device, opened
     * @param folder for checkpoints and metrics
     * @throws DatasetException if something is missing, damaged or of no known class
     */
    public static TrainingJob of(RunSettings settings, DatasetFolder dataset, TorchOptions torch, Path folder) {
        return new TrainingJob(
                settings,
                dataset.training(
                        settings.labels(),
                        settings.preprocessing(),
                        settings.data().orElseThrow().augmentation()),
                dataset.validation(settings.labels(), settings.preprocessing()),
                torch,
                folder);
    }

    public Architecture architecture() {
        return settings.architecture();
    }

    public Task task() {
        return settings.task();
    }

    public List<Label> labels() {
        return settings.labels();
    }

    public Preprocessing preprocessing() {
        return settings.preprocessing();
    }

    public Recipe recipe() {
        return settings.recipe();
    }

    /** {@return the folder of event files for TensorBoard; empty where none are wanted} */
    public Optional<Path> tensorBoard() {
        return settings.results().tensorBoard().map(folder::resolve);
    }

    /** {@return the ONNX file that the best network goes to} */
    public Path model() {
        return settings.results().model().orElseGet(() -> usualModel(folder));
    }

    /**
     * {@return the ONNX file that the best network goes to unless another one is asked for}
     *
     * @param folder of the run
     */
    public static Path usualModel(Path folder) {
        return folder.resolve("model.onnx");
    }

    /** {@return the int8 file that the network goes to after quantization-aware training; empty where that is not wanted} */
    public Optional<Path> int8Model() {
        return settings.quantized().map(quantized -> quantized.target().beside(model()));
    }
}
