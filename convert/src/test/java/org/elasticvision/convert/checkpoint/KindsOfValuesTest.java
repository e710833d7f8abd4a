package org.elasticvision.convert.checkpoint;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every element type, kind of view and plain value, in both forms and all pickle protocols; see make_kinds.py. */
class KindsOfValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kinds_zip_1.pth",
                "kinds_zip_2.pth",
                "kinds_zip_3.pth",
                "kinds_zip_4.pth",
                "kinds_zip_5.pth",
                "kinds_legacy_1.pth",
                "kinds_legacy_2.pth",
                "kinds_legacy_3.pth",
                "kinds_legacy_4.pth",
                "kinds_legacy_5.pth"
            })
    void allAreReadAsPyTorchMeantThem(String name) {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file(name))) {
            checkNumbers(checkpoint);
            checkViews(checkpoint);
            checkPlainValues(checkpoint.root());
        }
    }

    private static void checkNumbers(Checkpoint checkpoint) {
        assertThat(tensor(checkpoint, "float64").toDoubles()).containsExactly(1e300, -0.1);
        assertThat(tensor(checkpoint, "float16").toFloats())
                .containsExactly(65504, -0x1p-24f, 0x1p-14f, 1.5f, -0.0f, Float.POSITIVE_INFINITY, Float.NaN);
        assertThat(tensor(checkpoint, "bfloat16").toFloats()).containsExactly(3, -0x1p-133f, Float.POSITIVE_INFINITY);
        assertThat(tensor(checkpoint, "int8").toLongs()).containsExactly(-128, 127);
        assertThat(tensor(checkpoint, "int16").toLongs()).containsExactly(-32768, 32767);
        assertThat(tensor(checkpoint, "int32").toLongs()).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertThat(tensor(checkpoint, "int64").toLongs()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(tensor(checkpoint, "int64").toFloats()).containsExactly(-0x1p63f, 0x1p63f);
        assertThat(tensor(checkpoint, "uint8").toLongs()).containsExactly(0, 255);
        assertThat(tensor(checkpoint, "bool").toFloats()).containsExactly(1, 0);
        for (String name : List.of("float64", "float16", "bfloat16", "int8", "int16", "int32", "uint8", "bool")) {
            assertThat(tensor(checkpoint, name).dtype()).hasToString(name);
        }
        CheckpointTensor complex = tensor(checkpoint, "complex64");
        assertThat(complex).hasToString("tensors.complex64 complex64 [1]");
        assertThatThrownBy(complex::toFloats)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensors.complex64 is complex64");
    }

    private static void checkViews(Checkpoint checkpoint) {
        CheckpointTensor permuted = tensor(checkpoint, "permuted");
        assertThat(permuted.shape()).containsExactly(4L, 2L, 3L);
        assertThat(permuted.toFloats()).startsWith(0, 4, 8, 12, 16, 20, 1, 5, 9).endsWith(15, 19, 23);
        assertThat(permuted.toDoubles()).startsWith(0, 4, 8, 12, 16, 20, 1, 5, 9);
        assertThat(permuted.toLongs()).startsWith(0, 4, 8, 12, 16, 20, 1, 5, 9);
        assertThat(tensor(checkpoint, "offset").toFloats()).containsExactly(5, 6, 7, 8);
        assertThat(tensor(checkpoint, "stepped").toFloats()).containsExactly(1, 4, 13, 16);
        assertThat(tensor(checkpoint, "diagonal").toFloats()).containsExactly(0, 7, 14, 21);
        assertThat(tensor(checkpoint, "shared_a").toFloats()).containsExactly(1, 2);
        assertThat(tensor(checkpoint, "shared_b").toFloats()).containsExactly(1, 2);
        assertThat(tensor(checkpoint, "shared_b").name()).isEqualTo("tensors.shared_b");
        assertThat(tensor(checkpoint, "zero_dimensions").shape()).isEmpty();
        assertThat(tensor(checkpoint, "zero_dimensions").toFloats()).containsExactly(7.5f);
        assertThat(tensor(checkpoint, "empty").shape()).containsExactly(3L, 0L, 2L);
        assertThat(tensor(checkpoint, "empty").elementCount()).isZero();
        assertThat(tensor(checkpoint, "empty").toFloats()).isEmpty();
        assertThat(tensor(checkpoint, "parameter").toFloats()).containsExactly(4);
    }

    private static void checkPlainValues(Map<String, Object> root) {
        assertThat(root)
                .containsEntry("size", List.of(2L, 3L))
                .containsEntry("device", "cuda:1")
                .containsEntry("dtype", "torch.float16")
                .containsEntry("set", List.of(3L))
                .containsEntry("frozenset", List.of("a"))
                .containsEntry("tuple", Arrays.asList(1L, 2.5, "drei", null, true))
                .containsEntry("large", BigInteger.TWO.pow(70))
                .containsEntry("bytes", new byte[] {0, -1})
                .containsEntry("no_bytes", new byte[0])
                .containsEntry("counter", Map.of("a", 2L, "b", 1L))
                .containsEntry("defaultdict", Map.of("x", List.of(1L)))
                .containsEntry("milestones", Map.of(30L, -1L, 60L, -(1L << 40)))
                .containsEntry("text", "größer");
    }

    @Test
    void aBareTensorHasNoNames() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("kinds_bare_tensor.pth"))) {
            assertThat(checkpoint.root()).isEmpty();
            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("has no state dict: it is one tensor of shape [2]");
        }
    }

    @Test
    void otherDictionariesAreNotStateDicts() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("kinds_zip_2.pth"))) {
            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("tensors, size, device");
        }
    }

    @Test
    void aTensorThatRepeatsItsStorageIsWrittenOut() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("kinds_expanded.pth"))) {
            CheckpointTensor tensor = checkpoint.stateDict().get("a");
            assertThat(tensor.shape()).containsExactly(3L, 24L);
            float[] values = tensor.toFloats();
            assertThat(values).hasSize(72);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo(values[i % 24]);
            }
            assertThat(values[23]).isNotEqualTo(values[0]);
        }
    }

    @Test
    void aWholeModelGivesItsWeights() {
        try (Checkpoint checkpoint = Checkpoint.open(Resources.file("kinds_module.pth"))) {
            assertThat(checkpoint.value()).isInstanceOfSatisfying(Placeholder.class, model -> assertThat(model.name())
                    .isEqualTo("torch.nn.modules.linear.Linear"));
            assertThat(checkpoint.stateDict().names()).containsExactly("weight", "bias");
            assertThat(checkpoint.stateDict().get("weight").shape()).containsExactly(1L, 1L);
        }
    }

    @Test
    void aTorchScriptProgramIsRefused() {
        BadFilesTest.refused(Resources.file("kinds_torchscript.pth"), "TorchScript");
    }

    private static CheckpointTensor tensor(Checkpoint checkpoint, String name) {
        Map<?, ?> tensors = (Map<?, ?>) checkpoint.root().get("tensors");
        return (CheckpointTensor) tensors.get(name);
    }
}
