package org.elasticvision.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointWeightsTest {
    @TempDir
    Path folder;

    /** What skip_data() leaves once its file has been packed anew, checksums and all. */
    @Test
    void runningVariancesThatAreAllZeroAreMissing() {
        try (Checkpoint checkpoint = variances(0, 0)) {
            CheckpointWeights weights = new CheckpointWeights(checkpoint, checkpoint.stateDict());
            assertThatThrownBy(() -> weights.read("bn1.running_var"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("all running variances are 0, so its values are missing");
        }
    }

    @Test
    void oneLayerMayHaveDied() {
        try (Checkpoint checkpoint = variances(0, 1)) {
            CheckpointWeights weights = new CheckpointWeights(checkpoint, checkpoint.stateDict());
            assertThat(weights.read("bn1.running_var")).containsExactly(0, 0);
            assertThat(weights.read("bn2.running_var")).containsExactly(1, 1);
        }
    }

    private Checkpoint variances(float first, float second) {
        Path file = folder.resolve("variances.pth");
        CheckpointWriter.write(
                file,
                Map.of("state_dict", Map.of("bn1.running_var", tensor(first), "bn2.running_var", tensor(second))));
        return Checkpoint.open(file);
    }

    private static SavedTensor tensor(float value) {
        return SavedTensor.floats(List.of(2L), () -> new float[] {value, value});
    }
}
