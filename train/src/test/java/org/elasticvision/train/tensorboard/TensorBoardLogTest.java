package org.elasticvision.train.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.train.progress.EpochFigures;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.LearningRates;
import org.elasticvision.train.progress.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TensorBoardLogTest {
    @TempDir
    private Path folder;

    /** CRC-32C of 32 zero bytes is 8a9136aa (RFC 3720, B.4). */
    @Test
    void theChecksumIsMasked() {
        int checksum = 0x8a9136aa;
        assertThat(EventFile.maskedChecksum(new byte[32], 32))
                .isEqualTo((checksum >>> 15 | checksum << 17) + 0xa282ead8);
    }

    @Test
    void updatesAndEpochsAreScalars() throws Exception {
        try (TensorBoardLog log = TensorBoardLog.open(folder, 0, Map.of("Recipe", Map.of("epochs", "3")))) {
            log.step(progress(1, 4, 0.1, 2.5));
            log.measured(summary(1, 4));
        }
        List<UnknownFieldSet> events = events(files().get(0));
        assertThat(string(events.get(0), 3)).isEqualTo("brain.Event:2");
        assertThat(step(events.get(1))).isEqualTo(1);
        assertThat(message(events.get(1), 7).getField(1).getVarintList()).containsExactly(1L);
        UnknownFieldSet text = value(events.get(2));
        assertThat(string(text, 1)).isEqualTo("recipe/text_summary");
        assertThat(string(message(text, 8), 8)).contains("| epochs | 3 |");
        assertThat(string(message(message(text, 9), 1), 1)).isEqualTo("text");
        assertThat(events.stream().skip(3).map(TensorBoardLogTest::scalar))
                .containsExactly(
                        "train/loss 4 2.5",
                        "train/learning_rate 4 0.1",
                        "train/images_per_second 4 80.0",
                        "epoch/train_loss 4 1.5",
                        "epoch/train_error 4 25.0",
                        "epoch/val_loss 4 0.75",
                        "epoch/val_error 4 0.0",
                        "epoch/learning_rate 4 0.1",
                        "epoch/images_per_second 4 80.0",
                        "epoch/seconds_waited_for_data 4 0.5",
                        "epoch/seconds 4 3.0");
    }

    @Test
    void aResumedRunHasAFileThatComesLaterAndTakesItsStepsOver() throws Exception {
        try (TensorBoardLog log = TensorBoardLog.open(folder, 0, Map.of())) {
            for (int update = 1; update <= 3; update++) {
                log.step(progress(1, update, 0.1, update));
            }
        }
        TensorBoardLog.open(folder, 2, Map.of()).close();
        TensorBoardLog.open(folder, 2, Map.of()).close();
        List<Path> files = files();
        assertThat(files).hasSize(3);
        assertThat(events(files.get(0))).hasSize(2 + 3 * 3);
        UnknownFieldSet start = events(files.get(2)).get(1);
        assertThat(step(start)).as("the first update that comes anew").isEqualTo(3);
        assertThat(start.hasField(7)).isTrue();
    }

    @Test
    void figuresAreThereBeforeTheFileIsClosed() throws Exception {
        try (TensorBoardLog log = TensorBoardLog.open(folder, 0, Map.of())) {
            log.step(progress(2, 1, 0.1, 3));
            assertThat(events(files().get(0)).stream().skip(2).map(TensorBoardLogTest::scalar))
                    .startsWith("train/loss 5 3.0");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> TensorBoardLog.open(file, 0, Map.of()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(file + ": event files for TensorBoard cannot be written there")
                .hasMessageContaining("--tensorboard-dir");
    }

    private static EpochProgress progress(int epoch, int update, double learningRate, double loss) {
        return new EpochProgress(epoch, 3, update, 4, learningRate, loss, figures());
    }

    private static EpochFigures figures() {
        return new EpochFigures(1.5, 25, 80, Duration.ofSeconds(2), Duration.ofMillis(500));
    }

    private static EpochSummary summary(int epoch, long step) {
        ClassificationMetrics metrics = new ClassificationMetrics();
        metrics.add(new float[] {1, 0}, 0);
        return new EpochSummary(
                epoch,
                3,
                step,
                new LearningRates(0.1, 0.1, 0.1),
                figures(),
                new Scores(0.75, metrics.result(), false),
                true,
                Duration.ofSeconds(3));
    }

    /** In the order of their names, in which TensorBoard reads them. */
    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<UnknownFieldSet> events(Path file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<UnknownFieldSet> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[Long.BYTES];
            bytes.duplicate().get(length);
            byte[] event = new byte[Math.toIntExact(bytes.getLong())];
            assertThat(bytes.getInt()).isEqualTo(EventFile.maskedChecksum(length, length.length));
            bytes.get(event);
            assertThat(bytes.getInt()).isEqualTo(EventFile.maskedChecksum(event, event.length));
            events.add(UnknownFieldSet.parseFrom(event));
        }
        return events;
    }

    private static long step(UnknownFieldSet event) {
        return event.getField(2).getVarintList().get(0);
    }

    private static UnknownFieldSet value(UnknownFieldSet event) {
        return message(message(event, 5), 1);
    }

    private static String scalar(UnknownFieldSet event) {
        UnknownFieldSet value = value(event);
        float number = Float.intBitsToFloat(value.getField(2).getFixed32List().get(0));
        return string(value, 1) + " " + step(event) + " " + number;
    }

    private static UnknownFieldSet message(UnknownFieldSet parent, int field) {
        try {
            return UnknownFieldSet.parseFrom(bytes(parent, field));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String string(UnknownFieldSet parent, int field) {
        return bytes(parent, field).toString(StandardCharsets.UTF_8);
    }

    private static ByteString bytes(UnknownFieldSet parent, int field) {
        return parent.getField(field).getLengthDelimitedList().get(0);
    }
}
