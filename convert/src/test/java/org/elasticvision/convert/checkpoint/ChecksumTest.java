package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A zip file has a checksum of each entry: what was damaged on its way is noticed, and what never had one is read. */
class ChecksumTest {
    private static final int END_BYTES = 22;
    private static final int CENTRAL_BYTES = 46;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedStorageIsRefusedWhenItIsRead(boolean stored) throws IOException {
        byte[] bytes = Files.readAllBytes(made(stored, floats()));
        if (stored) {
            bytes[indexOf(bytes, floats())] ^= 1;
        } else {
            setChecksum(bytes, "archive/data/0", crc -> crc + 1);
        }
        try (Checkpoint checkpoint = Checkpoint.open(Files.write(path(), bytes))) {
            CheckpointTensor tensor = checkpoint.stateDict().get("a");
            assertThatThrownBy(tensor::toFloats)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("damaged: the bytes of its entry archive/data/0 do not have the checksum");
            assertThatThrownBy(tensor::toDoubles).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void aDamagedListOfTensorsIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(made(true, floats()));
        // The name of the tensor: nothing but the checksum could tell.
        int name = indexOf(bytes, new byte[] {'X', 1, 0, 0, 0, 'a'}) + 5;
        bytes[name] = 'b';
        BadFilesTest.refused(Files.write(path(), bytes), "archive/data.pkl do not have the checksum");
    }

    @Test
    void aFileWithoutChecksumsIsRead() throws IOException {
        // As after torch.serialization.set_crc32_options(False).
        byte[] bytes = Files.readAllBytes(made(true, floats()));
        setChecksum(bytes, "", crc -> 0);
        assertRead(bytes);
        setChecksum(bytes, "", crc -> 12345);
        assertRead(bytes);
    }

    @Test
    void aFileThatWasSavedWithoutItsValuesIsRefusedByThatName() throws IOException {
        byte[] bytes = Files.readAllBytes(made(true, new byte[16]));
        setChecksum(bytes, "archive/data/0", crc -> 0);
        try (Checkpoint checkpoint = Checkpoint.open(Files.write(path(), bytes))) {
            assertThatThrownBy(checkpoint.stateDict().get("a")::toFloats)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("skip_data()");
        }
    }

    @Test
    void zerosThatWereSavedAreRead() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(made(true, new byte[16]))) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(0, 0, 0, 0);
        }
    }

    @Test
    void anEntryThatUnpacksToMoreOrLessThanItSaysIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(made(false, floats()));
        int pickle = central(bytes, "archive/data.pkl");
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = buffer.getInt(pickle + 24);
        BadFilesTest.refused(
                Files.write(path(), buffer.putInt(pickle + 24, size + 1).array()),
                "archive/data.pkl cannot be unpacked");
        BadFilesTest.refused(
                Files.write(path(), buffer.putInt(pickle + 24, 1 << 30).array()),
                "archive/data.pkl cannot be unpacked");
        BadFilesTest.refused(
                Files.write(path(), buffer.putInt(pickle + 24, size - 1).array()), "do not have the checksum");
    }

    private void assertRead(byte[] bytes) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(Files.write(path(), bytes))) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(1, 2, 3, 4);
        }
    }

    private Path made(boolean stored, byte[] storage) throws IOException {
        return new Pickle()
                .op("}")
                .text("a")
                .tensor("0", 4, 0, new long[] {4}, new long[] {1})
                .op("s")
                .zip(path(), stored, "archive/data/0", storage, "archive/version", new byte[] {'3', '\n'});
    }

    private Path path() {
        return folder.resolve("made.pth");
    }

    /** Of the entries whose name contains a part. */
    private static void setChecksum(byte[] zip, String part, IntUnaryOperator change) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = first(buffer); at < zip.length - END_BYTES; at += length(buffer, at)) {
            if (name(zip, buffer, at).contains(part)) {
                buffer.putInt(at + 16, change.applyAsInt(buffer.getInt(at + 16)));
            }
        }
    }

    private static int central(byte[] zip, String name) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = first(buffer);
        while (!name(zip, buffer, at).equals(name)) {
            at += length(buffer, at);
        }
        return at;
    }

    private static int first(ByteBuffer zip) {
        return zip.getInt(zip.capacity() - END_BYTES + 16);
    }

    private static int length(ByteBuffer zip, int at) {
        return CENTRAL_BYTES + zip.getShort(at + 28) + zip.getShort(at + 30) + zip.getShort(at + 32);
    }

    private static String name(byte[] zip, ByteBuffer buffer, int at) {
        return new String(zip, at + CENTRAL_BYTES, buffer.getShort(at + 28), StandardCharsets.US_ASCII);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static byte[] floats() {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .putFloat(2)
                .putFloat(3)
                .putFloat(4)
                .array();
    }
}
