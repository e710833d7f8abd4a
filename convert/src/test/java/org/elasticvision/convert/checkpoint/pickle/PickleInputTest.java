package org.elasticvision.convert.checkpoint.pickle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a pickle is read to, and how much of it. */
class PickleInputTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int BUFFER = 1 << 13;

    @TempDir
    Path folder;

    private CheckpointFile file;

    /** 400 MB that take no room on the disk. */
    @BeforeEach
    void open() throws IOException {
        Path path = folder.resolve("zeros");
        try (RandomAccessFile zeros = new RandomAccessFile(path.toFile(), "rw")) {
            zeros.setLength(400L * MEGABYTE);
        }
        file = CheckpointFile.open(path);
    }

    @AfterEach
    void close() {
        file.close();
    }

    private PickleInput input(ByteBuffer bytes) {
        return new PickleInput(file, bytes, "is cut off");
    }

    private static ByteBuffer counting(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            bytes.put(i, (byte) (i % 251));
        }
        return bytes;
    }

    /** One byte is left for the last look into the source. */
    @ParameterizedTest
    @ValueSource(ints = {1, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER + 1})
    void allBytesComeAndThenTheEndIsSaid(int length) {
        PickleInput input = input(counting(length));
        assertThat(input.length()).isEqualTo(length);
        for (int i = 0; i < length; i++) {
            assertThat(input.position()).isEqualTo(i);
            assertThat(input.read()).isEqualTo(i % 251);
        }
        assertThat(input.position()).isEqualTo(length);
        assertThatThrownBy(input::read).isInstanceOf(CheckpointException.class).hasMessageEndingWith("is cut off");
        assertThatThrownBy(() -> input.read(new byte[2], 0, 2)).isInstanceOf(CheckpointException.class);
        assertThat(input.read(new byte[2], 1, 0)).isZero();
    }

    @Test
    void severalBytesComeAsFarAsTheyAreThere() {
        PickleInput input = input(counting(BUFFER + 10));
        byte[] bytes = new byte[BUFFER + 20];
        assertThat(input.read(bytes, 3, BUFFER)).isEqualTo(BUFFER);
        assertThat(bytes[2]).isZero();
        assertThat(bytes[3 + 100]).isEqualTo((byte) 100);
        assertThat(input.read(bytes, 0, 100)).isEqualTo(10);
        assertThat(bytes[9]).isEqualTo((byte) ((BUFFER + 9) % 251));
    }

    @Test
    void aPartOfAFileHasItsOwnLength() throws IOException {
        Path part = Files.write(folder.resolve("part"), counting(3 * BUFFER).array());
        try (CheckpointFile opened = CheckpointFile.open(part)) {
            PickleInput input = new PickleInput(opened, 100, 100 + BUFFER + 50, "ends early");
            assertThat(input.length()).isEqualTo(BUFFER + 50);
            for (int i = 0; i < BUFFER + 50; i++) {
                assertThat(input.read()).isEqualTo((100 + i) % 251);
            }
            assertThatThrownBy(input::read).hasMessageEndingWith("ends early");
        }
    }

    /** The length lies across the end of the buffer; what it promises is there to the byte, or is not. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void aLengthIsComparedWithWhatIsLeft(int lengthBytes) {
        for (int before : new int[] {0, BUFFER - 3, BUFFER - 1, BUFFER}) {
            for (int more = -1; more <= 1; more++) {
                ByteBuffer bytes = counting(before + lengthBytes + 20);
                int promised = 20 + more;
                if (lengthBytes == 8) {
                    bytes.putLong(before, promised);
                } else {
                    bytes.putInt(before, promised);
                }
                PickleInput input = input(bytes);
                for (int i = 0; i < before; i++) {
                    input.read();
                }
                if (more > 0) {
                    assertThatThrownBy(() -> input.requireCounted(lengthBytes)).hasMessageEndingWith("is cut off");
                } else {
                    assertThat(input.requireCounted(lengthBytes)).isZero();
                    assertThat(input.position()).as("consumes nothing").isEqualTo(before);
                    assertThat(input.read()).isEqualTo(promised);
                    for (int i = 1; i < lengthBytes; i++) {
                        input.read();
                    }
                    assertThat(input.read()).isEqualTo((before + lengthBytes) % 251);
                }
            }
        }
    }

    @Test
    void aNegativeLengthIsRefused() {
        ByteBuffer bytes = counting(20);
        bytes.putLong(0, -1);
        assertThatThrownBy(() -> input(bytes).requireCounted(8)).hasMessageEndingWith("is cut off");
        bytes.putLong(0, 0);
        assertThat(input(bytes).requireCounted(8)).isZero();
    }

    /** What is longer than a megabyte is passed over with its length, be some of it in the buffer or not. */
    @Test
    void whatNobodyNeedsIsPassedOver() {
        for (int before : new int[] {0, 5, BUFFER - 2}) {
            ByteBuffer kept = counting(before + 4 + MEGABYTE + 1).putInt(before, MEGABYTE);
            PickleInput first = input(kept);
            skip(first, before);
            assertThat(first.requireCounted(4)).isZero();
            assertThat(first.position()).isEqualTo(before);

            ByteBuffer large = counting(before + 4 + MEGABYTE + 1 + 3).putInt(before, MEGABYTE + 1);
            PickleInput second = input(large);
            skip(second, before);
            assertThat(second.requireCounted(4)).isEqualTo(MEGABYTE + 1);
            assertThat(second.position()).isEqualTo(before + 4 + MEGABYTE + 1);
            for (int i = 3; i > 0; i--) {
                assertThat(second.read()).isEqualTo((large.limit() - i) % 251);
            }
            assertThatThrownBy(second::read).hasMessageEndingWith("is cut off");
        }
    }

    private static void skip(PickleInput input, int count) {
        for (int i = 0; i < count; i++) {
            input.read();
        }
    }

    /** From wherever it starts, and without what was passed over. */
    @Test
    void noMoreThan128MegabytesAreRead() {
        long start = 200L * MEGABYTE;
        PickleInput input = new PickleInput(file, start, file.size(), "is cut off");
        byte[] bytes = new byte[BUFFER];
        assertThatThrownBy(() -> {
                    while (true) {
                        input.read(bytes, 0, BUFFER);
                    }
                })
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("its list of tensors is larger than 128 MiB, which no network needs");
        assertThat(input.position() - start)
                .isGreaterThanOrEqualTo(PickleInput.MAX_BYTES)
                .isLessThanOrEqualTo(PickleInput.MAX_BYTES + BUFFER);
    }

    @Test
    void whatIsPassedOverDoesNotCount() throws IOException {
        Path path = folder.resolve("large");
        int large = 150 * MEGABYTE;
        try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw")) {
            writer.setLength(300L * MEGABYTE);
            writer.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(large)
                    .array());
        }
        try (CheckpointFile opened = CheckpointFile.open(path)) {
            PickleInput input = new PickleInput(opened, 0, opened.size(), "is cut off");
            assertThat(input.requireCounted(4)).isEqualTo(large);
            byte[] bytes = new byte[BUFFER];
            for (int read = 0; read < 127 * MEGABYTE; read += BUFFER) {
                input.read(bytes, 0, BUFFER);
            }
            assertThat(input.position()).isGreaterThan(270L * MEGABYTE);
        }
    }
}
