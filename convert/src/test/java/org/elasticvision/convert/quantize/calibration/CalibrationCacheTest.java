package org.elasticvision.convert.quantize.calibration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CalibrationCacheTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenComesBack() {
        Histogram histogram = new Histogram();
        histogram.add(HistogramTest.gaussian(1000, 3));
        Histogram empty = new Histogram();
        CalibrationCache cache = new CalibrationCache(folder.resolve("not").resolve("there"));
        Path file = folder.resolve("not").resolve("there").resolve("one.gz");
        cache.write(file, new Calibration(Map.of("x", histogram, "ünï", empty)));
        Map<String, Histogram> read = cache.read(file).orElseThrow().histograms();
        assertThat(read).containsOnlyKeys("x", "ünï");
        assertThat(read.get("x")).usingRecursiveComparison().isEqualTo(histogram);
        assertThat(read.get("ünï")).usingRecursiveComparison().isEqualTo(empty);
    }

    @Test
    void theNameDependsOnContentsAndTheirOrderAlone() throws IOException {
        CalibrationCache cache = new CalibrationCache(folder);
        Path model = Files.writeString(folder.resolve("model"), "weights");
        Path file = Files.writeString(folder.resolve("one"), "1");
        ImageSource one = ImageSource.of(file);
        ImageSource two = ImageSource.of("22".getBytes(StandardCharsets.UTF_8), "two");
        Path name = cache.file(model, Orientation.IGNORE_EXIF, List.of(one, two));
        assertThat(cache.file(Files.copy(model, folder.resolve("copy")), Orientation.IGNORE_EXIF, List.of(one, two)))
                .isEqualTo(name);
        assertThat(cache.file(model, Orientation.IGNORE_EXIF, List.of(two, one)))
                .isNotEqualTo(name);
        assertThat(cache.file(model, Orientation.IGNORE_EXIF, List.of(one))).isNotEqualTo(name);
        assertThat(cache.file(model, Orientation.APPLY_EXIF, List.of(one, two))).isNotEqualTo(name);
        Path other = Files.writeString(folder.resolve("other"), "other weights");
        assertThat(cache.file(other, Orientation.IGNORE_EXIF, List.of(one, two)))
                .isNotEqualTo(name);
        Files.writeString(file, "3");
        assertThat(cache.file(model, Orientation.IGNORE_EXIF, List.of(one, two)))
                .isNotEqualTo(name);
    }

    @Test
    void whatIsDamagedIsMeasuredAgain() throws IOException {
        Histogram histogram = new Histogram();
        histogram.add(new float[] {1, 2});
        CalibrationCache cache = new CalibrationCache(folder);
        Path file = folder.resolve("one.gz");
        assertThat(cache.read(file)).isEmpty();
        cache.write(file, new Calibration(Map.of("x", histogram)));
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(cache.read(file)).as("%d bytes", length).isEmpty();
        }
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x55;
            Files.write(file, changed);
            cache.read(file).ifPresent(read -> assertThat(read.histograms()).hasSize(1));
        }
    }
}
