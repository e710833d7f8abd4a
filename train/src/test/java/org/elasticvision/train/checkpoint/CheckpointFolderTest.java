package org.elasticvision.train.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.tensor.DType;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointFolderTest {
    @TempDir
    Path parent;

    @Test
    void theLastAndTheBestAreKept() throws IOException {
        Path path = parent.resolve("a").resolve("run");
        CheckpointFolder folder = new CheckpointFolder(path);
        assertThat(folder.last()).isEmpty();
        folder.save(FakeRun.summary(1, 50, Map.of()), state(1), true);
        assertThat(folder.last()).contains(path.resolve("checkpoint.pth.tar"));
        assertThat(epoch(folder.lastFile())).isEqualTo(1);
        assertThat(epoch(folder.bestFile())).isEqualTo(1);
        folder.save(FakeRun.summary(2, 50, Map.of()), state(2), false);
        assertThat(epoch(folder.lastFile())).isEqualTo(2);
        assertThat(epoch(folder.bestFile())).isEqualTo(1);
        folder.save(FakeRun.summary(3, 40, Map.of()), state(3), true);
        assertThat(epoch(folder.lastFile())).isEqualTo(3);
        assertThat(epoch(folder.bestFile())).isEqualTo(3);
        assertThat(folder.bestFile().getFileName()).hasToString("model_best.pth.tar");
        assertThat(epoch(folder.previousFile())).isEqualTo(2);
        assertThat(files(path))
                .containsExactly("checkpoint.previous.pth.tar", "checkpoint.pth.tar", "model_best.pth.tar");
    }

    @Test
    void aDamagedOrMissingLastOneIsReplacedByTheOneBefore() throws IOException {
        CheckpointFolder folder = new CheckpointFolder(parent.resolve("run"));
        for (int epoch = 1; epoch <= 2; epoch++) {
            folder.save(FakeRun.summary(epoch, 50, Map.of()), FakeRun.of(DType.FLOAT32, name -> 1.0), false);
        }
        assertThat(folder.restorePrevious()).as("the last one is whole").isFalse();
        byte[] whole = Files.readAllBytes(folder.lastFile());

        byte[] first = whole.clone();
        first[100] ^= 0x55;
        byte[] middle = whole.clone();
        middle[whole.length / 2] ^= 0x55;
        for (byte[] damaged : new byte[][] {first, middle, Arrays.copyOf(whole, whole.length - 100)}) {
            Files.delete(folder.lastFile());
            Files.write(folder.lastFile(), damaged);
            assertThat(CheckpointFolder.isWhole(folder.lastFile())).isFalse();
            assertThat(folder.restorePrevious()).isTrue();
            assertThat(folder.lastFile()).hasSameBinaryContentAs(folder.previousFile());
            assertThat(folder.restorePrevious()).as("another rank comes later").isTrue();
        }
        Files.delete(folder.lastFile());
        assertThat(folder.restorePrevious()).isTrue();
        folder.save(FakeRun.summary(2, 50, Map.of()), FakeRun.of(DType.FLOAT32, name -> 1.0), false);
        assertThat(folder.lastFile()).hasBinaryContent(whole);
    }

    @Test
    void aRunThatDiesWhileItSavesLeavesWhatWasThere() throws IOException {
        Path path = parent.resolve("run");
        CheckpointFolder folder = new CheckpointFolder(path);
        folder.save(FakeRun.summary(1, 50, Map.of()), state(1), true);
        byte[] before = Files.readAllBytes(folder.lastFile());
        for (boolean best : new boolean[] {true, false}) {
            assertThatThrownBy(() -> folder.save(FakeRun.summary(2, 40, Map.of()), dying(), best))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the device is gone");
            assertThat(folder.lastFile()).hasBinaryContent(before);
            assertThat(folder.bestFile()).hasBinaryContent(before);
        }
        assertThat(files(path)).containsExactly("checkpoint.pth.tar", "model_best.pth.tar");
    }

    @Test
    void aFileInTheWayIsSaid() throws IOException {
        Path file = Files.createFile(parent.resolve("taken"));
        assertThatThrownBy(() -> CheckpointFolder.create(file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("taken: cannot be created");
    }

    private static long epoch(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            long epoch = (Long) checkpoint.root().get("epoch");
            assertThat(checkpoint.stateDict().get("weight").toFloats()).containsOnly((float) epoch);
            return epoch;
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static TrainingState dying() {
        return state(SavedTensor.floats(List.of(2L), () -> {
            throw new IllegalStateException("the device is gone");
        }));
    }

    private static TrainingState state(float value) {
        return state(SavedTensor.floats(List.of(2L), () -> new float[] {value, value}));
    }

    private static TrainingState state(SavedTensor tensor) {
        return new TrainingState() {
            @Override
            public List<String> names() {
                return List.of("weight");
            }

            @Override
            public SavedTensor tensor(String name) {
                return tensor;
            }

            @Override
            public Map<String, SavedTensor> optimizerState(String name) {
                return Map.of();
            }

            @Override
            public List<SavedParameterGroup> groups() {
                return List.of(new SavedParameterGroup(List.of("weight"), 0.1, 0.9, 0));
            }
        };
    }
}
