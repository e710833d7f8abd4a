package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever happens to a file on its way, it is read or refused. */
@Timeout(120)
class DamageTest {
    private static final int FLIPS = 600;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"kinds_legacy_5.pth", "kinds_zip_5.pth"})
    void everyCutIsNoticed(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Resources.file(name));
        Path file = Files.write(folder.resolve(name), whole);
        for (int length = whole.length - 1; length >= 0; length--) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            String refusal = refusal(file);
            assertThat(refusal).as("cut to %d bytes", length).hasLineCount(1).contains("download it again");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "legacy_protocol4.pth.tar",
                "legacy_numpy_scalar.pth.tar",
                "zip.pth.tar",
                "kinds_zip_1.pth",
                "kinds_legacy_5.pth"
            })
    void damagedBytesGiveValuesOrACheckpointException(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Resources.file(name));
        Path file = folder.resolve(name);
        Random random = new Random(20191);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                readAll(checkpoint.root());
                checkpoint.stateDict().forEach(CheckpointTensor::toFloats);
            } catch (CheckpointException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").hasLineCount(1);
            }
        }
    }

    private static String refusal(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            return "none: read " + checkpoint.root().keySet();
        } catch (CheckpointException e) {
            return e.getMessage();
        }
    }

    private static void readAll(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(DamageTest::readAll);
        } else if (value instanceof Iterable<?> items) {
            items.forEach(DamageTest::readAll);
        } else if (value instanceof CheckpointTensor tensor && !tensor.dtype().isComplex()) {
            tensor.toDoubles();
        }
    }
}
