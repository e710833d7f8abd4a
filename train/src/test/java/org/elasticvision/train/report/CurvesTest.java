package org.elasticvision.train.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CurvesTest {
    @TempDir
    Path folder;

    @Test
    void drawsEveryLineInItsColour() throws Exception {
        for (Chart chart : Chart.of(ReportTest.records(1))) {
            Path file = folder.resolve("chart.png");
            Curves.write(chart, file);
            BufferedImage picture = ImageIO.read(file.toFile());
            assertThat(picture.getWidth()).isEqualTo(900);
            assertThat(picture.getHeight()).isEqualTo(500);
            Map<Integer, Integer> colors = new HashMap<>();
            for (int pixel : picture.getRGB(0, 0, 900, 500, null, 0, 900)) {
                colors.merge(pixel & 0xFFFFFF, 1, Integer::sum);
            }
            assertThat(colors.get(0x2563EB)).isGreaterThan(300);
            assertThat(colors.getOrDefault(0xEA580C, 0) > 300)
                    .isEqualTo(chart.lines().size() > 1);
        }
    }

    @Test
    void figuresOfOneKindShareAChart() {
        List<Chart> charts = Chart.of(ReportTest.records(1));
        assertThat(charts).extracting(Chart::title).containsExactly("Loss", "Error", "Learning rate");
        assertThat(charts.get(0).lines())
                .extracting(Chart.Line::name)
                .containsExactly("training loss", "validation loss");
        assertThat(charts).extracting(Chart::logarithmic).containsExactly(false, false, true);
        assertThat(Chart.of(List.of())).isEmpty();
    }

    @Test
    void numbersAreShortAndRight() {
        assertThat(List.of(0.0, 12.0, 0.25, 0.123456, 98.7654, 12345.6, 1e-5, 3.1e7, 100.0))
                .extracting(Chart::number)
                .containsExactly("0", "12", "0.25", "0.1235", "98.77", "12346", "1e-5", "3.1e+7", "100");
    }

    @Test
    void axesEndAtRoundNumbers() {
        assertThat(Axis.round(0.13, 0.87, false).ticks()).containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
        assertThat(Axis.round(0.002, 0.5, true).ticks()).containsExactly(0.001, 0.01, 0.1, 1.0);
        Axis flat = Axis.round(3, 3, false);
        assertThat(flat.place(3)).isBetween(0.0, 1.0);
        assertThat(flat.high()).isGreaterThan(flat.low());
        assertThat(Axis.tight(1, 12).place(12)).isEqualTo(1);
        assertThatThrownBy(() -> new Chart("none", "epoch", List.of())).hasMessageContaining("no lines");
    }
}
