package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.TorchOptions;

/**
 * All that says what a training run does.
 *
 * @param architecture of the network
 * @param task what it is trained for
 * @param labels of its classes, in class order
 * @param preprocessing of the evaluation, with the input size; the trained model carries it, with the view of photos: upright
 *     by EXIF where nothing else is said
 * @param training images to learn from
 * @param validation images to measure on
 * @param recipe how
 * @param torch where and in what precision
 * @param loading how images are read
 * @param seed of initial weights, order and augmentation
 * @param initFrom a checkpoint whose weights are where the network starts
 * @param folder for checkpoints and metrics
 * @param notes kept in the checkpoints under {@code notes}, such as the command line
 * @param checkpoints the form of the files
 */
public record TrainingJob(
        Architecture architecture,
        Task task,
        List<Label> labels,
        Preprocessing preprocessing,
        TrainingData training,
        TrainingData validation,
        Recipe recipe,
        TorchOptions torch,
        Loading loading,
        long seed,
        Optional<InitialWeights> initFrom,
        Path folder,
        List<String> notes,
        CheckpointForm checkpoints) {
    public TrainingJob {
        labels = List.copyOf(labels);
        preprocessing = preprocessing.withViewUnlessStated(View.UPRIGHT); // as the data does
        notes = List.copyOf(notes);
    }

    /**
     * The same with checkpoints in the form of since PyTorch 1.6.
     *
     * @param architecture of the network
     * @param task what it is trained for
     * @param labels of its classes, in class order
     * @param preprocessing of the evaluation, with the input size
     * @param training images to learn from
     * @param validation images to measure on
     * @param recipe how
     * @param torch where and in what precision
     * @param loading how images are read
     * @param seed of initial weights, order and augmentation
     * @param initFrom a checkpoint whose weights are where the network starts
     * @param folder for checkpoints and metrics
     * @param notes kept in the checkpoints under {@code notes}, such as the command line
     */
    public TrainingJob(
            Architecture architecture,
            Task task,
            List<Label> labels,
            Preprocessing preprocessing,
            TrainingData training,
            TrainingData validation,
            Recipe recipe,
            TorchOptions torch,
            Loading loading,
            long seed,
            Optional<InitialWeights> initFrom,
            Path folder,
            List<String> notes) {
        this(
                architecture,
                task,
                labels,
                preprocessing,
                training,
                validation,
                recipe,
                torch,
                loading,
                seed,
                initFrom,
                folder,
                notes,
                CheckpointForm.ZIP);
    }

    /**
     * {@return the same with checkpoints of another form}
     *
     * @param form of the files
     */
    public TrainingJob withCheckpoints(CheckpointForm form) {
        return new TrainingJob(
                architecture,
                task,
                labels,
                preprocessing,
                training,
                validation,
                recipe,
                torch,
                loading,
                seed,
                initFrom,
                folder,
                notes,
                form);
    }

    /**
     * Where the network starts.
     *
     * @param file a checkpoint
     * @param entry where in it the weights are; empty for the only or usual ones
     */
    public record InitialWeights(Path file, Optional<String> entry) {}

    /**
     * How images are read.
     *
     * @param threads that decode and augment
     * @param skipBad whether an unusable image is reported and left out; else it ends the run
     */
    public record Loading(int threads, boolean skipBad) {}
}
