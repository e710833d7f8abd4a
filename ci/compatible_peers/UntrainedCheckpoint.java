import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Initialization;

/**
 * Writes a checkpoint with the weights that training starts from. Run from its source, {@code java -cp … UntrainedCheckpoint.java ARCH TASK
 * CLASSES FILE}.
 */
final class UntrainedCheckpoint {
    private UntrainedCheckpoint() {}

    public static void main(String[] arguments) {
        Network network =
                Architecture.of(arguments[0]).network(Task.of(arguments[1]), Integer.parseInt(arguments[2]));
        Initialization weights = new Initialization(network, 1);
        Map<String, SavedTensor> state = new LinkedHashMap<>();
        for (TensorSpec tensor : network.tensors()) {
            if (tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED) {
                state.put(tensor.name(), SavedTensor.floats(tensor.shape(), () -> weights.read(tensor.name())));
            }
        }
        CheckpointWriter.write(Path.of(arguments[3]), Map.of("arch", arguments[0], "state_dict", state));
    }
}
