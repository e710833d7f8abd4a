package org.elasticvision.samples;

import java.nio.file.Path;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;

/** The smallest program that embeds the runtime: a converted classifier and a photo in, the five likeliest classes out. */
public final class ClassifyPhoto {
    private ClassifyPhoto() {}

    /**
     * Prints the five likeliest classes.
     *
     * @param arguments a model that {@code elastic convert} wrote, and a JPEG, PNG, BMP, WebP, TIFF or PNM
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: ClassifyPhoto MODEL PHOTO");
            System.exit(2);
        }
        Path model = Path.of(arguments[0]);
        Path photo = Path.of(arguments[1]);
        try (Classifier classifier = Classifier.open(model)) {
            for (Score score : classifier.predict(ImageSource.of(photo)).top(5)) {
                System.out.printf(
                        "%5.1f %%  %s%n",
                        100 * score.probability(), score.label().name());
            }
        } catch (ElasticVisionException e) { // whatever it is, its message says what to do
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
