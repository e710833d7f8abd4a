package org.elasticvision.train.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.Recognition;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * A training run's file, from which it can go on exactly: opened to resume, or {@link #write written}.
 *
 * <p>It has the keys of the published files, so PyTorch and the published scripts read it, and a file that PyTorch wrote
 * back can be resumed if the entry {@value ModelEntry#KEY} is still in it. Thread-safe. Tensors are read from the file when
 * they are asked for; {@link #close} when none is needed any more.
 */
public final class TrainingCheckpoint implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final TrainingSummary summary;
    private final StateDict state;
    private final OptimizerState optimizer;
    private final Optional<StateDict> average;

    private TrainingCheckpoint(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        ModelEntry model = ModelEntry.of(checkpoint)
                .orElseThrow(
                        () -> problem(
                                "cannot be resumed: it has no entry '" + ModelEntry.KEY
                                        + "', so it is not of a run of this program; start a new run from its weights with --init-from"));
        Architecture architecture = Architecture.of(value(checkpoint.root(), PublishedForm.ARCHITECTURE, String.class));
        Recognition recognition = Recognition.of(checkpoint, Optional.of(architecture), Optional.of(model.task()));
        if (recognition.classes() != model.labels().size()) {
            throw problem("names " + model.labels().size() + " classes but its network has " + recognition.classes()
                    + "; resume from another checkpoint of the run");
        }
        this.state = checkpoint.stateDict();
        this.average = averageEntry(checkpoint)
                .map(name -> checkpoint.entries().get(name).withoutParallelPrefix());
        Map<?, ?> entry = value(checkpoint.root(), ModelEntry.KEY, Map.class);
        this.summary = summary(architecture, model, entry);
        this.optimizer = OptimizerState.read(
                checkpoint.file(),
                value(checkpoint.root(), PublishedForm.OPTIMIZER, Map.class),
                value(entry, PublishedForm.PARAMETERS, List.class),
                state);
    }

    /**
     * Writes a checkpoint: it appears whole or not at all.
     *
     * @param file the file
     * @param summary what is known of the run at this point
     * @param state what is kept
     * @param form of the file
     * @throws ElasticVisionException if the file cannot be written; an older one is left as it was
     * @throws IllegalArgumentException if the state contradicts itself
     */
    public static void write(Path file, TrainingSummary summary, TrainingState state, CheckpointForm form) {
        CheckpointWriter.write(file, PublishedForm.of(summary, state), form);
    }

    /**
     * Writes a checkpoint in the form of since PyTorch 1.6.
     *
     * @param file the file
     * @param summary what is known of the run at this point
     * @param state what is kept
     * @throws ElasticVisionException if the file cannot be written; an older one is left as it was
     * @throws IllegalArgumentException if the state contradicts itself
     */
    public static void write(Path file, TrainingSummary summary, TrainingState state) {
        write(file, summary, state, CheckpointForm.ZIP);
    }

    /**
     * Writes a checkpoint in the place of an older one, which is kept. At every moment there is one of the two.
     *
     * @param file the file
     * @param previous gets what was there
     * @param summary what is known of the run at this point
     * @param state what is kept
     * @param form of the file
     * @throws ElasticVisionException if the file cannot be written; the older ones are left as they were
     * @throws IllegalArgumentException if the state contradicts itself
     */
    static void write(Path file, Path previous, TrainingSummary summary, TrainingState state, CheckpointForm form) {
        AtomicFile.write(file, previous, out -> CheckpointWriter.write(out, PublishedForm.of(summary, state), form));
    }

    /**
     * Opens a checkpoint to go on from it.
     *
     * @param file the file
     * @return the open checkpoint
     * @throws CheckpointException if the file is damaged, is not of a run of this program, or lacks a part of its
     *     network
     */
    public static TrainingCheckpoint open(Path file) {
        Checkpoint checkpoint = Checkpoint.open(file);
        try {
            return new TrainingCheckpoint(checkpoint);
        } catch (Throwable e) {
            checkpoint.close();
            throw e;
        }
    }

    /**
     * Reads all of it. Opening a checkpoint does not: damage inside a tensor shows when that is read.
     *
     * @throws CheckpointException if a part is damaged; in the form of before PyTorch 1.6, which has no checksums, if a part is missing
     */
    public void requireWhole() {
        requireWhole(checkpoint.root());
    }

    private static void requireWhole(Object value) {
        if (value instanceof CheckpointTensor tensor) {
            tensor.toDoubles();
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(TrainingCheckpoint::requireWhole);
        } else if (value instanceof List<?> list) {
            list.forEach(TrainingCheckpoint::requireWhole);
        }
    }

    /** {@return the file that it was opened from} */
    public Path file() {
        return checkpoint.file();
    }

    /** {@return what the run was like when it was written} */
    public TrainingSummary summary() {
        return summary;
    }

    /**
     * {@return a tensor of the network, by its key without {@code module.}}
     *
     * @param name its name
     * @throws CheckpointException if there is none of this name
     */
    public CheckpointTensor tensor(String name) {
        return state.get(name);
    }

    /**
     * {@return a tensor's moving average, by its key without {@code module.}}
     *
     * @param name its name
     * @throws CheckpointException if there is none of this name
     */
    public CheckpointTensor average(String name) {
        return average.orElseThrow(() -> problem("cannot be resumed: its entry '" + PublishedForm.AVERAGE
                        + "' is missing; resume from another checkpoint of the run"))
                .get(name);
    }

    /**
     * {@return the entry of a run's checkpoint that has the moving average of the weights, which is what the run validates; empty where
     * it keeps none}
     *
     * @param checkpoint an open one
     */
    public static Optional<String> averageEntry(Checkpoint checkpoint) {
        return Optional.of(PublishedForm.AVERAGE)
                .filter(name -> ModelEntry.of(checkpoint).isPresent()
                        && checkpoint.entries().containsKey(name));
    }

    /**
     * {@return what the optimiser keeps for a parameter, by PyTorch's names such as {@code momentum_buffer}; empty if it had not been
     * changed yet, or never is}
     *
     * @param name its name
     */
    public Map<String, CheckpointTensor> optimizerState(String name) {
        return optimizer.state(name);
    }

    /** {@return the optimiser's groups, as they were written} */
    public List<SavedParameterGroup> groups() {
        return optimizer.groups();
    }

    /** Closes the file; its tensors can't be read any more. */
    @Override
    public void close() {
        checkpoint.close();
    }

    private TrainingSummary summary(Architecture architecture, ModelEntry model, Map<?, ?> entry) {
        long epoch = value(checkpoint.root(), PublishedForm.EPOCH, Long.class);
        if (epoch < 0 || epoch > Integer.MAX_VALUE) {
            throw problem("cannot be resumed: its epoch is " + epoch + "; resume from another checkpoint of the run");
        }
        @SuppressWarnings("unchecked") // A map of a checkpoint; its values are looked at by whoever needs them.
        Map<String, ?> training = value(entry, PublishedForm.TRAINING, Map.class);
        double bestError = value(checkpoint.root(), PublishedForm.BEST_ERROR, Double.class);
        return new TrainingSummary(architecture, model, (int) epoch, bestError, training);
    }

    private <T> T value(Map<?, ?> map, String key, Class<T> type) {
        return OptimizerState.value(checkpoint.file(), map, key, type);
    }

    private CheckpointException problem(String problem) {
        return new CheckpointException(checkpoint.file(), problem);
    }
}
