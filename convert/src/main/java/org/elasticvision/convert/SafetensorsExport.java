package org.elasticvision.convert;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.safetensors.SafetensorsWriter;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;

/**
 * Writes the network of a checkpoint as a safetensors file: its tensors under the names of the published code, without
 * prefixes, and in the file's metadata its architecture and, where the checkpoint has one, its {@link ModelEntry}, so that the
 * file converts to the same model.
 */
public final class SafetensorsExport {
    private static final String ARCHITECTURE = "arch";

    private SafetensorsExport() {}

    /**
     * What was written.
     *
     * @param architecture of the network
     * @param tensors how many
     */
    public record Written(Architecture architecture, int tensors) {}

    /**
     * Writes the file: it appears whole or not at all.
     *
     * @param checkpoint an open checkpoint
     * @param file the file to write
     * @param entry where in the checkpoint the weights are; empty for the only or usual ones
     * @param architecture what it must be, where somebody knows
     * @param task what it is for, where somebody knows
     * @param notes receives {@link Recognition#notes}
     * @return what was written
     * @throws ElasticVisionException if the checkpoint fits no network, or the file cannot be written
     */
    public static Written write(
            Checkpoint checkpoint,
            Path file,
            Optional<String> entry,
            Optional<Architecture> architecture,
            Optional<Task> task,
            Consumer<String> notes) {
        Recognition recognition = Recognition.of(checkpoint, entry, architecture, task);
        recognition.notes().forEach(notes);
        StateDict weights = recognition.weights();
        CheckpointWeights checked = new CheckpointWeights(checkpoint, weights);
        Map<String, SavedTensor> tensors = new LinkedHashMap<>();
        for (TensorSpec spec : recognition.network().tensors()) {
            if (weights.contains(spec.name())) {
                tensors.put(spec.name(), saved(weights.get(spec.name()), spec, checked));
            }
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put(ARCHITECTURE, recognition.architecture().id());
        ModelEntry.of(checkpoint).ifPresent(model -> metadata.put(ModelEntry.KEY, ModelEntryText.of(model)));
        SafetensorsWriter.write(file, tensors, metadata);
        return new Written(recognition.architecture(), tensors.size());
    }

    private static SavedTensor saved(CheckpointTensor tensor, TensorSpec spec, CheckpointWeights checked) {
        if (spec.role() == TensorSpec.Role.NUM_BATCHES_TRACKED) {
            return SavedTensor.longs(spec.shape(), tensor::toLongs);
        }
        if (tensor.dtype() == DType.FLOAT64) {
            return SavedTensor.doubles(spec.shape(), tensor::toDoubles);
        }
        return SavedTensor.floats(spec.shape(), () -> checked.read(spec.name()));
    }
}
