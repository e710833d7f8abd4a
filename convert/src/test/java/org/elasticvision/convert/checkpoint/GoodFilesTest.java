package org.elasticvision.convert.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each form of file that torch.save wrote answers what PyTorch says is in it. */
class GoodFilesTest {
    private static final String PREFIX = "module.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "legacy.pth.tar",
                "legacy_bare_state_dict.pth",
                "legacy_cuda.pth.tar",
                "legacy_numpy_scalar.pth.tar",
                "legacy_protocol4.pth.tar",
                "zip.pth.tar",
                "zip_cuda.pth.tar",
                "zip_tensor_best.pth.tar"
            })
    void everyTensorIsAsPyTorchSays(String name) {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file(name))) {
            JsonObject expected = Resources.expected().getAsJsonObject("state_dict");
            StateDict tensors = checkpoint.stateDict();
            assertThat(tensors.names())
                    .containsExactlyElementsOf(expected.keySet().stream()
                            .map(key -> key.substring(PREFIX.length()))
                            .toList());
            for (CheckpointTensor tensor : tensors) {
                check(tensor, expected.getAsJsonObject(PREFIX + tensor.name()));
            }
        }
    }

    private static void check(CheckpointTensor tensor, JsonObject expected) {
        assertThat(tensor.dtype().torchName())
                .as(tensor.name())
                .isEqualTo(expected.get("dtype").getAsString());
        assertThat(tensor.shape())
                .as(tensor.name())
                .isEqualTo(expected.getAsJsonArray("shape").asList().stream()
                        .map(JsonElement::getAsLong)
                        .toList());
        float[] floats = tensor.toFloats();
        double[] doubles = tensor.toDoubles();
        long[] longs = tensor.toLongs();
        assertThat(tensor.elementCount()).isEqualTo(floats.length);
        // The list of a large tensor is only its beginning.
        List<JsonElement> values = expected.getAsJsonArray("values").asList();
        assertThat(values).hasSize(Math.min(floats.length, 40));
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i).getAsDouble();
            assertThat(floats[i]).as(tensor.name()).isEqualTo((float) value);
            assertThat(doubles[i]).as(tensor.name()).isEqualTo(value);
            assertThat(longs[i]).as(tensor.name()).isEqualTo((long) value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "legacy.pth.tar",
                "legacy_cuda.pth.tar",
                "legacy_protocol4.pth.tar",
                "zip.pth.tar",
                "zip_cuda.pth.tar"
            })
    void plainValuesAndOptimizerStateAreThere(String name) {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file(name))) {
            JsonObject expected = Resources.expected();
            assertThat(checkpoint.architecture()).contains(expected.get("arch").getAsString());
            assertThat(checkpoint.root())
                    .containsEntry("epoch", expected.get("epoch").getAsLong())
                    .containsEntry("best_err1", expected.get("best_err1").getAsDouble());
            Map<?, ?> optimizer = (Map<?, ?>) checkpoint.root().get("optimizer");
            assertThat(optimizer.keySet().stream().map(Object::toString)).containsExactly("state", "param_groups");
            Map<?, ?> state = (Map<?, ?>) optimizer.get("state");
            Map<?, ?> first = (Map<?, ?>) state.values().iterator().next();
            CheckpointTensor momentum = (CheckpointTensor) first.get("momentum_buffer");
            List<JsonElement> values =
                    expected.getAsJsonArray("optimizer_momentum_0").asList();
            assertThat(momentum.name()).startsWith("optimizer.state.").endsWith(".momentum_buffer");
            for (int i = 0; i < values.size(); i++) {
                assertThat(momentum.toFloats()[i]).isEqualTo(values.get(i).getAsFloat());
            }
        }
    }

    @Test
    void aTensorAmongThePlainValuesIsATensor() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("zip_tensor_best.pth.tar"))) {
            CheckpointTensor best = (CheckpointTensor) checkpoint.root().get("best_err1");
            assertThat(best.name()).isEqualTo("best_err1");
            assertThat(best.elementCount()).isEqualTo(1);
            assertThat(best.toDoubles()).containsExactly(21);
        }
    }

    @Test
    void aNumpyNumberIsANumber() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("legacy_numpy_scalar.pth.tar"))) {
            assertThat(checkpoint.root()).containsEntry("epoch", 7L).containsEntry("best_err1", 22.5);
        }
    }

    @Test
    void aBareStateDictHasNoArchitecture() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("legacy_bare_state_dict.pth"))) {
            assertThat(checkpoint.architecture()).isEmpty();
            assertThat(checkpoint.root()).hasSameSizeAs(checkpoint.stateDict());
        }
    }

    @Test
    void aMissingTensorIsNamed() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("zip.pth.tar"))) {
            assertThat(checkpoint.stateDict().contains("conv1.weight")).isTrue();
            assertThat(checkpoint.stateDict().contains("conv1.bias")).isFalse();
            assertThatThrownBy(() -> checkpoint.stateDict().get("conv1.bias"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("zip.pth.tar: ")
                    .hasMessageContaining("conv1.bias");
        }
    }

    @Test
    void aTensorCannotBeReadAfterClose() {
        Checkpoint checkpoint = Checkpoint.open(Resources.file("zip.pth.tar"));
        CheckpointTensor tensor = checkpoint.stateDict().get("conv1.weight");
        checkpoint.close();
        assertThatThrownBy(tensor::toFloats)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zip.pth.tar: closed");
    }

    @Test
    void rootCannotBeChanged() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("zip.pth.tar"))) {
            assertThatThrownBy(() -> checkpoint.root().put("epoch", 1L))
                    .isInstanceOf(UnsupportedOperationException.class);
            Map<?, ?> optimizer = (Map<?, ?>) checkpoint.root().get("optimizer");
            assertThatThrownBy(optimizer::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void theHashIsThatOfTheFile() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("legacy.pth.tar"))) {
            assertThat(checkpoint.sha256())
                    .isEqualTo("ce0e59461f1e2ee40b498702fd1d73e3a6a59668d4d2b841e034e0969d56c16c")
                    .isEqualTo(checkpoint.sha256());
        }
    }
}
