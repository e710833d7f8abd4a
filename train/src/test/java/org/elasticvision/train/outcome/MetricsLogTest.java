package org.elasticvision.train.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.progress.MetricsRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetricsLogTest {
    @TempDir
    Path folder;

    @Test
    void writesLinesAndATable() {
        MetricsLog log = MetricsLog.start(folder, "metrics");
        log.add(record(10, 1, Map.of("val_loss", 0.1 + 0.2)));
        log.add(new MetricsRecord(20, 2, Map.of("val_error", Double.NaN)));
        assertThat(folder.resolve("metrics.csv"))
                .hasContent("step,epoch,val_loss,val_error\n10,1.0,0.30000000000000004,\n20,2.0,,NaN\n");
        assertThat(folder.resolve("metrics.jsonl"))
                .hasContent(
                        """
                        {"step":10,"epoch":1.0,"val_loss":0.30000000000000004}
                        {"step":20,"epoch":2.0,"val_error":"NaN"}
                        """);
        assertThat(MetricsLog.read(folder.resolve("metrics.jsonl"))).isEqualTo(log.records());
    }

    @Test
    void resumingDropsWhatWillComeAgain() throws IOException {
        MetricsLog first = MetricsLog.start(folder, "metrics");
        for (int step = 1; step <= 5; step++) {
            first.add(record(step, step, Map.of("val_loss", 1.0 / step)));
        }
        String whole = Files.readString(folder.resolve("metrics.csv"));
        MetricsLog second = MetricsLog.resume(folder, "metrics", 3);
        assertThat(second.records()).isEqualTo(first.records().subList(0, 3));
        assertThat(folder.resolve("metrics.csv")).hasContent(whole);
        second.add(record(4, 4, Map.of("val_loss", 1.0 / 4)));
        assertThat(folder.resolve("metrics.csv")).content().hasLineCount(5);
        second.add(record(5, 5, Map.of("val_loss", 1.0 / 5)));
        assertThat(folder.resolve("metrics.csv")).hasContent(whole);
        assertThat(MetricsLog.resume(folder, "another", 3).records()).isEmpty();
    }

    @Test
    void aLineThatWasCutOffIsPassedOverButDamageIsNot() throws IOException {
        MetricsLog.start(folder, "metrics").add(record(1, 1, Map.of("val_loss", 1.0)));
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(file, "{\"step\":2,\"epo", StandardOpenOption.APPEND);
        assertThat(MetricsLog.read(file)).hasSize(1);
        Files.writeString(file, "\n{\"step\":3,\"epoch\":3}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> MetricsLog.read(file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("metrics.jsonl: line 2 is not a record");
        assertThatThrownBy(() -> MetricsLog.read(folder.resolve("none.jsonl")))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"step\":{},\"epoch\":1}", "{\"step\":null,\"epoch\":1}", "[1]", "null", "{\"step\":[[]]}"})
    void valuesOfAnotherKindAreDamage(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("metrics.jsonl"), line + "\n{\"step\":3,\"epoch\":3}\n");
        assertThatThrownBy(() -> MetricsLog.read(file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("metrics.jsonl: line 1 is not a record");
    }

    @Test
    void timeDoesNotRunBackwards() {
        MetricsLog log = MetricsLog.start(folder, "metrics");
        log.add(record(2, 2, Map.of()));
        assertThatThrownBy(() -> log.add(record(1, 1, Map.of()))).hasMessageContaining("step 1 comes after 2");
        assertThatThrownBy(() -> record(1, 1, Map.of("a,b", 1.0))).hasMessageContaining("'a,b'");
    }

    private static MetricsRecord record(long step, double epoch, Map<String, Double> values) {
        return new MetricsRecord(step, epoch, values);
    }
}
