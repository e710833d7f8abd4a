package org.elasticvision.train.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Many {@link Sample}s on one picture, with their captions. */
final class ContactSheet {
    private static final int HEIGHT = 168;
    private static final int GAP = 14;
    private static final int CAPTION = 44;
    private static final int LINE = 17;
    private static final Color TEXT = new Color(0x1B2430);
    private static final Color SOFT = new Color(0x5B6776);
    private static final Color GOOD = new Color(0x047857);
    private static final Color BAD = new Color(0xB91C1C);

    private ContactSheet() {}

    /**
     * Writes a sheet.
     *
     * @param samples with pictures of about the same form; at least one
     * @param columns at least 1
     * @param file a PNG file, replaced if it exists
     * @throws org.elasticvision.runtime.base.ElasticVisionException if it cannot be written
     */
    public static void write(List<Sample> samples, int columns, Path file) {
        if (samples.isEmpty() || columns < 1) {
            throw new IllegalArgumentException(
                    samples.size() + " samples in " + columns + " columns: both must be at least 1");
        }
        int width = samples.stream()
                .mapToInt(sample -> width(sample.picture()))
                .max()
                .orElseThrow();
        int used = Math.min(columns, samples.size());
        int rows = (samples.size() + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                GAP + used * (width + GAP), GAP + rows * (HEIGHT + CAPTION + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setPaint(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < samples.size(); i++) {
            int x = GAP + i % columns * (width + GAP);
            int y = GAP + i / columns * (HEIGHT + CAPTION + GAP);
            draw(graphics, samples.get(i), x, y, width);
        }
        graphics.dispose();
        PngFiles.write(ImageSource.of(sheet).decode(Orientation.IGNORE_EXIF), file);
    }

    private static int width(RgbImage picture) {
        return Math.max(1, picture.width() * HEIGHT / picture.height());
    }

    private static void draw(Graphics2D graphics, Sample sample, int x, int y, int width) {
        RgbImage picture = sample.picture();
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.pixels());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                picture.height() < HEIGHT
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, x, y, width(picture), HEIGHT, null);
        graphics.setPaint(sample.right().map(right -> right ? GOOD : BAD).orElse(TEXT));
        int baseline = y + HEIGHT + LINE;
        int indent = 0;
        if (sample.right().isPresent()) {
            graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(mark(sample.right().get(), x, baseline));
            indent = LINE;
        }
        write(graphics, sample.answer(), Font.BOLD, x + indent, baseline, width - indent);
        graphics.setPaint(SOFT);
        write(graphics, sample.truth(), Font.PLAIN, x, baseline + LINE, width);
    }

    /** A tick or a cross: drawn, for not every font has them. */
    private static Path2D mark(boolean right, int x, int baseline) {
        Path2D path = new Path2D.Double();
        if (right) {
            path.moveTo(x + 1, baseline - 5);
            path.lineTo(x + 4.5, baseline - 1);
            path.lineTo(x + 11, baseline - 9);
        } else {
            path.moveTo(x + 2, baseline - 9);
            path.lineTo(x + 10, baseline - 1);
            path.moveTo(x + 10, baseline - 9);
            path.lineTo(x + 2, baseline - 1);
        }
        return path;
    }

    /** As much of a text as fits. */
    private static void write(Graphics2D graphics, String text, int style, int x, int baseline, int width) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, 13));
        FontMetrics metrics = graphics.getFontMetrics();
        String shown = text;
        for (int end = text.length(); end > 0 && metrics.stringWidth(shown) > width; end--) {
            shown = text.substring(0, end - 1).strip() + "…";
        }
        graphics.drawString(shown, x, baseline);
    }
}
