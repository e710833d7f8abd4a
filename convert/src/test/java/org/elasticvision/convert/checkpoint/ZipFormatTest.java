package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be different in a zip file. */
class ZipFormatTest {
    private static final long[] FOUR = {4};
    private static final long[] STEP = {1};

    @TempDir
    Path folder;

    @Test
    void bothByteOrdersAreRead() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] name = (order == ByteOrder.BIG_ENDIAN ? "big" : "little").getBytes(StandardCharsets.US_ASCII);
            Path file = tensor().zip(path(), true, "archive/data/0", floats(order), "archive/byteorder", name);
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(1, 2, 3, 4);
            }
        }
    }

    @Test
    void anUnknownByteOrderIsRefused() throws IOException {
        byte[] storage = floats(ByteOrder.LITTLE_ENDIAN);
        BadFilesTest.refused(
                tensor().zip(path(), true, "archive/data/0", storage, "archive/byteorder", new byte[] {'x'}),
                "byte order is 'x'");
        BadFilesTest.refused(
                tensor().zip(path(), true, "archive/data/0", storage, "archive/byteorder", new byte[99]), "byte order");
    }

    @Test
    void compressedEntriesAreRead() throws IOException {
        Path file = tensor().zip(path(), false, "archive/data/0", floats(ByteOrder.LITTLE_ENDIAN));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aStorageOfAnotherSizeIsRefused() throws IOException {
        Path file = tensor().zip(path(), true, "archive/data/0", new byte[15]);
        BadFilesTest.refused(file, "archive/data/0 has 15 bytes, expected 16");
    }

    @Test
    void otherZipFilesAreRefused() throws IOException {
        Path file = tensor().zip(path(), true, "other/data.pkl", new byte[0]);
        BadFilesTest.refused(file, "2 entries named data.pkl");
    }

    @Test
    void aPickleThatEndsTooEarlyIsRefused() throws IOException {
        Path file = new Pickle().op("X").int32(1000).zip(path(), true);
        BadFilesTest.refused(file, "data.pkl, ends too early");
    }

    @Test
    void aStorageNameCannotLeaveTheFolder() throws IOException {
        Pickle pickle = new Pickle()
                .op("}")
                .text("a")
                .tensor("../other", 4, 0, FOUR, STEP)
                .op("s");
        Path file = pickle.zip(path(), true, "other", floats(ByteOrder.LITTLE_ENDIAN));
        BadFilesTest.refused(file, "archive/data/../other is missing");
    }

    @Test
    void zip64FieldsAreRead() {
        try (Checkpoint narrow = Checkpoint.open(Resources.file("zip.pth.tar"));
                Checkpoint wide = Checkpoint.open(Resources.file("zip64.pth.tar"))) {
            for (CheckpointTensor tensor : wide.stateDict()) {
                assertThat(tensor.toFloats())
                        .isEqualTo(narrow.stateDict().get(tensor.name()).toFloats());
            }
        }
    }

    @Test
    void anEncryptedEntryIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(tensor().zip(path(), true));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.length - 22;
        int central = buffer.getInt(end + 16);
        buffer.putShort(central + 8, (short) 1);
        BadFilesTest.refused(Files.write(path(), bytes), "encrypted");
    }

    private Path path() {
        return folder.resolve("made.pth");
    }

    private static Pickle tensor() {
        return new Pickle().op("}").text("a").tensor("0", 4, 0, FOUR, STEP).op("s");
    }

    private static byte[] floats(ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.allocate(16).order(order);
        buffer.putFloat(1).putFloat(2).putFloat(3).putFloat(4);
        return buffer.array();
    }
}
