package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files without a state dict are called what they are. */
class OtherContentsTest {
    @Test
    void whatIsNotADictionaryIsNamed() {
        assertThat(OtherContents.describe(List.of(1L, 2L), Map.of())).isEqualTo("it is a list or tuple of 2 elements");
        assertThat(OtherContents.describe(Map.of(), Map.of())).isEqualTo("it is an empty dictionary");
        assertThat(OtherContents.describe(5L, Map.of())).isEqualTo("it is a number");
        assertThat(OtherContents.describe(null, Map.of())).isEqualTo("it is None");
        assertThat(OtherContents.describe("text", Map.of())).isEqualTo("it is text or bytes");
        Map<String, Object> root = Map.of("state_dict", List.of(1L));
        assertThat(OtherContents.describe(root, root))
                .isEqualTo("its entry 'state_dict' is a list or tuple of 1 element, not named tensors");
    }

    @Test
    void arraysOfNumpyAreNoTensors(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("arrays.pth");
        PythonTorch.run(
                "import numpy, sys, torch; torch.save({'a': numpy.zeros(2), 'b': numpy.ones(3)}, sys.argv[1])", file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("has no state dict: its entries (a, b) are numpy arrays, not tensors: make"
                            + " tensors of them with torch.from_numpy(…); save it with torch.save(");
        }
    }
}
