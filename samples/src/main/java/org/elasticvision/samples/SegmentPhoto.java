package org.elasticvision.samples;

import java.nio.file.Path;
import org.elasticvision.runtime.Segmenter;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Which pixels of a photo show what: as a list, and as colours laid over the photo. */
public final class SegmentPhoto {
    private static final double ALPHA = 0.6;

    private SegmentPhoto() {}

    /**
     * Prints how much of the photo each class covers, and draws the overlay.
     *
     * @param arguments a segmentation model, a photo, and the PNG to write
     */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("usage: SegmentPhoto MODEL PHOTO OVERLAY.png");
            System.exit(2);
        }
        ImageSource photo = ImageSource.of(Path.of(arguments[1]));
        try (Segmenter segmenter = Segmenter.open(Path.of(arguments[0]))) {
            Segmentation answer = segmenter.predict(photo);
            for (Segmentation.Area area : answer.areas()) {
                System.out.printf(
                        "%5.1f %%  %s%n", 100 * area.share(), area.label().name());
            }
            RgbImage pixels = photo.decode(segmenter.orientation());
            PngFiles.write(answer.overlay(pixels, ALPHA), Path.of(arguments[2]));
        } catch (ElasticVisionException e) { // whatever it is, its message says what to do
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
