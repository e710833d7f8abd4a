package org.elasticvision.convert;

import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.zoo.network.Weights;

/**
 * A checkpoint's tensors as weights; values that no training can have left there are refused with a {@link
 * CheckpointException}. Thread-safe; usable until the checkpoint is closed.
 */
public final class CheckpointWeights implements Weights {
    private static final String RUNNING_VAR = ".running_var";

    private final Checkpoint checkpoint;
    private final StateDict state;

    /**
     * Takes them from a checkpoint.
     *
     * @param checkpoint open until the last weight was read
     * @param state those of its tensors that are the weights
     */
    public CheckpointWeights(Checkpoint checkpoint, StateDict state) {
        this.checkpoint = checkpoint;
        this.state = state;
    }

    @Override
    public float[] read(String name) {
        float[] values = state.get(name).toFloats();
        boolean variance = name.endsWith(RUNNING_VAR);
        for (float value : values) {
            if (!Float.isFinite(value) || (variance && value < 0)) {
                throw new CheckpointException(
                        checkpoint.file(),
                        "tensor " + name + " holds " + value
                                + "; the training diverged or the file is damaged: use another checkpoint");
            }
        }
        if (variance && isZero(values) && hasOnlyZeroVariances()) {
            throw new CheckpointException(
                    checkpoint.file(),
                    "all running variances are 0, so its values are missing, as after torch.serialization.skip_data():"
                            + " save it again with its values");
        }
        return values;
    }

    /** One layer of a network may have died; all of them have not. */
    private boolean hasOnlyZeroVariances() {
        return state.names().stream()
                .filter(name -> name.endsWith(RUNNING_VAR))
                .allMatch(name -> isZero(state.get(name).toFloats()));
    }

    private static boolean isZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
