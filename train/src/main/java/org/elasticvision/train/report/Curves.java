package org.elasticvision.train.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts as PNG files of 900×500 pixels. */
final class Curves {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;
    private static final int MARKED_POINTS = 30;
    private static final Color[] COLORS = {
        new Color(0x2563EB), new Color(0xEA580C), new Color(0x059669), new Color(0x9333EA), new Color(0xDB2777)
    };
    private static final Color GRID = new Color(0xE5E7EB);

    private Curves() {}

    /**
     * Writes a chart.
     *
     * @param chart what is drawn
     * @param file a PNG file, replaced if it exists
     * @throws org.elasticvision.runtime.base.ElasticVisionException if it cannot be written
     */
    public static void write(Chart chart, Path file) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        plot(chart).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        PngFiles.write(ImageSource.of(picture).decode(Orientation.IGNORE_EXIF), file);
    }

    private static XYChart plot(Chart chart) {
        XYChart plot = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(chart.title())
                .xAxisTitle(chart.horizontal())
                .build();
        plot.getStyler()
                .setSeriesColors(COLORS)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.InsideNE)
                .setLegendBorderColor(GRID)
                .setChartTitleBoxVisible(false)
                .setPlotBorderVisible(false)
                .setMarkerSize(5);
        plot.getStyler()
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickMarksColor(GRID)
                .setYAxisLogarithmic(chart.logarithmic());
        for (Chart.Line line : chart.lines()) {
            XYSeries series = plot.addSeries(
                    line.name(),
                    line.points().stream().mapToDouble(Chart.Point::x).toArray(),
                    line.points().stream().mapToDouble(Chart.Point::y).toArray());
            series.setLineWidth(2.4f);
            series.setMarker(line.points().size() <= MARKED_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        }
        return plot;
    }
}
