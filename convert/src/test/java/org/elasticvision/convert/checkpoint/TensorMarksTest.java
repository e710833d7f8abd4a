package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The arguments of the functions that make tensors: each has its effect, or the tensor is refused. */
class TensorMarksTest {
    @TempDir
    Path folder;

    @Test
    void theNegativeBitTurnsTheSign() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(marked("neg", "\u0088"))) {
            CheckpointTensor tensor = checkpoint.stateDict().get("w");
            assertThat(tensor.toFloats()).containsExactly(-1, 2.5f, -0.0f);
            assertThat(tensor.toDoubles()).containsExactly(-1, 2.5, -0.0);
            assertThat(tensor.toLongs()).containsExactly(-1, 2, 0);
        }
    }

    @Test
    void aMarkThatIsNotSetChangesNothing() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(marked("neg", "\u0089"))) {
            assertThat(checkpoint.stateDict().get("w").toFloats()).containsExactly(1, -2.5f, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"conj", "zero_tensor", "fake"})
    void marksThatAreNotKnownAreRefused(String mark) throws IOException {
        BadFilesTest.givesNoWeights(
                marked(mark, "\u0088"), "entry 'w' of its state dict is a tensor with the mark '" + mark + "'");
    }

    @Test
    void moreArgumentsThanAreKnownAreRefused() throws IOException {
        Path file = tensor("}N").zip(path(), true, "archive/data/0", values());
        BadFilesTest.givesNoWeights(file, "made by 'torch._utils._rebuild_tensor_v2' with 8 arguments");
    }

    private Path marked(String mark, String value) throws IOException {
        String key = new String(new Pickle().text(mark).bytes(), StandardCharsets.ISO_8859_1);
        return tensor("}" + key + value + "s").zip(path(), true, "archive/data/0", values());
    }

    private static Pickle tensor(String more) {
        return new Pickle()
                .op("}")
                .text("w")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op("(")
                .storage("FloatStorage", "0", 3)
                .number(0)
                .tuple(3)
                .tuple(1)
                .op("\u0089}" + more + "tRs");
    }

    private static byte[] values() {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .putFloat(-2.5f)
                .putFloat(0)
                .array();
    }

    private Path path() {
        return folder.resolve("made.pth");
    }
}
