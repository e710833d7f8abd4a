package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;

/** Writes segmentations as pictures: {@code NAME.png}, the class indices, and {@code NAME.overlay.png}, for viewing. Thread-safe. */
final class OverlayFiles implements PictureFiles {
    static final double ALPHA = 0.5;

    private final PictureNames names;
    private final Orientation orientation;

    /**
     * Chooses names.
     *
     * @param option that names the folder
     * @param folder where the pictures go
     * @param inputs all images that will come
     * @param orientation in which the network sees them
     */
    OverlayFiles(String option, Path folder, List<Path> inputs, Orientation orientation) {
        this.names = new PictureNames(option, folder, inputs, List.of(PictureNames.MASK, PictureNames.OVERLAY));
        this.orientation = orientation;
    }

    @Override
    public Map<String, Path> of(InputImage image) {
        return Map.of("mask", names.file(image, PictureNames.MASK), "overlay", names.file(image, PictureNames.OVERLAY));
    }

    @Override
    public void write(InputImage image, Prediction answer, List<AnswerRow> rows) {
        if (answer instanceof Segmentation segmentation) {
            PngFiles.write(segmentation.mask(), PascalColors.palette(), names.file(image, PictureNames.MASK));
            PngFiles.write(
                    segmentation.overlay(image.source().decode(orientation), ALPHA),
                    names.file(image, PictureNames.OVERLAY));
        }
    }
}
