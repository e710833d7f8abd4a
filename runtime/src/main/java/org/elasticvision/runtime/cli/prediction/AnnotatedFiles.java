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

/**
 * Writes {@code NAME.annotated.png}: the image, and its classes on a strip below it; draws the frames of {@code
 * NAME.annotated.mp4}, their classes on them. Thread-safe.
 */
final class AnnotatedFiles implements PictureFiles {
    private static final int MOST_CLASSES = 10;

    private final PictureNames names;
    private final Orientation orientation;
    private final byte[] palette = PascalColors.palette();

    /**
     * @param names of the pictures
     * @param orientation in which the network sees images
     */
    AnnotatedFiles(PictureNames names, Orientation orientation) {
        this.names = names;
        this.orientation = orientation;
    }

    @Override
    public Map<String, Path> of(InputImage image) {
        return Map.of(
                "annotated",
                names.file(image, image.video().isPresent() ? PictureNames.ANNOTATED_VIDEO : PictureNames.ANNOTATED));
    }

    @Override
    public void write(InputImage image, Prediction answer, List<AnswerRow> rows) {
        RgbImage visible =
                MapPicture.plain(picture(image, answer), Integer.MAX_VALUE); // small ones are enlarged, none is reduced
        PngFiles.write(CaptionedPicture.of(visible, lines(answer, rows)), names.file(image, PictureNames.ANNOTATED));
    }

    /** {@return a frame with its classes, as large as it is} */
    RgbImage draw(InputImage frame, Prediction answer, List<AnswerRow> rows) {
        return CaptionedPicture.over(picture(frame, answer), lines(answer, rows));
    }

    private RgbImage picture(InputImage image, Prediction answer) {
        RgbImage picture = image.source().decode(orientation);
        return answer instanceof Segmentation segmentation
                ? segmentation.overlay(picture, OverlayFiles.ALPHA)
                : picture;
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
