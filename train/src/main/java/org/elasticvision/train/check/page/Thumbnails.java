package org.elasticvision.train.check.page;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.elasticvision.runtime.answer.MaskOverlay;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.report.Html;
import org.elasticvision.train.check.ShownPaths;
import org.elasticvision.train.check.listing.ListedImage;

/**
 * Images as small pictures within a page. They are read again for it; what has gone since is left out.
 *
 * @param orientation the view of photos
 * @param paths how they are shown
 */
record Thumbnails(Orientation orientation, ShownPaths paths) {
    private static final int SIDE = 144;
    private static final int QUALITY = 80;
    private static final double ALPHA = 0.5;

    /** A sample of a class, under its mask where it has one. */
    String of(ListedImage image) {
        try {
            RgbImage picture = image.source().decode(orientation);
            if (image.mask().isPresent()) {
                IndexImage mask = PngFiles.readIndices(image.mask().get());
                picture =
                        MaskOverlay.of(picture, mask, index -> index != 0 && index != SegmentationMetrics.VOID, ALPHA);
            }
            return html(picture, image.name());
        } catch (ElasticVisionException e) {
            return "";
        }
    }

    /** An image by its name; empty if that is not the name of an image file. */
    String of(String name) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) ? html(ImageSource.of(file).decode(orientation), name) : "";
        } catch (ElasticVisionException | InvalidPathException e) {
            return "";
        }
    }

    private String html(RgbImage picture, String name) {
        double scale = Math.min(1, (double) SIDE / Math.max(picture.width(), picture.height()));
        RgbImage small = Resampler.resize(
                picture,
                (int) Math.max(1, Math.round(scale * picture.width())),
                (int) Math.max(1, Math.round(scale * picture.height())),
                Interpolation.BILINEAR);
        return Html.photo(JpegFiles.encode(small, QUALITY), paths.of(name));
    }
}
