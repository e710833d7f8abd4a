package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.cli.output.AnswerText;
import org.elasticvision.runtime.explain.picture.MapPicture;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.text.CaptionLine;
import org.elasticvision.runtime.image.text.CaptionedPicture;

/** Writes {@code NAME.annotated.png}: the image, and its classes on a strip below it. Thread-safe. */
final class AnnotatedFiles implements PictureFiles {
    private static final int MOST_CLASSES = 10;

    private final PictureNames names;
    private final Orientation orientation;
    private final byte[] palette = PascalColors.palette();

    /**
     * Chooses names.
     *
     * @param option that names the folder
     * @param folder where the pictures go
     * @param images all that will come
     * @param orientation in which the network sees them
     */
    AnnotatedFiles(String option, Path folder, List<InputImage> images, Orientation orientation) {
        this.names = new PictureNames(option, folder, images, List.of(PictureNames.ANNOTATED));
        this.orientation = orientation;
    }

    @Override
    public Map<String, Path> of(InputImage image) {
        return Map.of("annotated", names.file(image, PictureNames.ANNOTATED));
    }

    @Override
    public void write(InputImage image, Prediction answer, List<AnswerRow> rows) {
        RgbImage picture = image.source().decode(orientation);
        if (answer instanceof Segmentation segmentation) {
            picture = segmentation.overlay(picture, OverlayFiles.ALPHA);
        }
        RgbImage visible = MapPicture.plain(picture, Integer.MAX_VALUE); // small ones are enlarged, none is reduced
        PngFiles.write(CaptionedPicture.of(visible, lines(answer, rows)), names.file(image, PictureNames.ANNOTATED));
    }

    private List<CaptionLine> lines(Prediction answer, List<AnswerRow> rows) {
        List<CaptionLine> lines = new ArrayList<>();
        for (AnswerRow row : rows.subList(0, Math.min(rows.size(), MOST_CLASSES))) {
            lines.add(new CaptionLine(
                    answer instanceof Segmentation segmentation ? colour(segmentation, row) : OptionalInt.empty(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * row.part()),
                    row.label().name()));
        }
        if (rows.isEmpty()) {
            lines.add(new CaptionLine(OptionalInt.empty(), "", AnswerText.nothing(answer)));
        } else if (rows.size() > MOST_CLASSES) {
            lines.add(new CaptionLine(OptionalInt.empty(), "", "and " + (rows.size() - MOST_CLASSES) + " more"));
        }
        return lines;
    }

    /** Of a class that is painted over the picture. */
    private OptionalInt colour(Segmentation segmentation, AnswerRow row) {
        if (!segmentation.isPainted(row.index())) {
            return OptionalInt.empty();
        }
        int at = 3 * row.index();
        return OptionalInt.of(channel(at) << 16 | channel(at + 1) << 8 | channel(at + 2));
    }

    private int channel(int at) {
        return palette[at] & 0xFF;
    }
}
