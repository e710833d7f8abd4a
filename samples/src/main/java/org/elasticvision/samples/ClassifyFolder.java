package org.elasticvision.samples;

import java.nio.file.Path;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cpu.PhysicalCores;
import org.elasticvision.runtime.stream.FrameConsumer;
import org.elasticvision.runtime.stream.FrameSource;
import org.elasticvision.runtime.stream.FrameStream;
import org.elasticvision.runtime.stream.StreamOptions;

/** All images of a folder on all cores: one image for each core at a time, which is faster than all cores on one image. */
public final class ClassifyFolder {
    private ClassifyFolder() {}

    /**
     * Prints the class of each image in the order of the names; a file that is not a usable image is reported and
     * skipped.
     *
     * @param arguments a classification model and a folder
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: ClassifyFolder MODEL FOLDER");
            System.exit(2);
        }
        FrameConsumer<Classification> lines = FrameConsumer.of(
                answer -> {
                    Score best = answer.answer().best();
                    System.out.printf(
                            "%s  %.1f %%  %s%n",
                            answer.frame().image().name(),
                            100 * best.probability(),
                            best.label().name());
                },
                (frame, failure) -> System.err.println(failure.getMessage()));
        StreamOptions options = StreamOptions.everyFrame().withLanes(PhysicalCores.count());
        try (Classifier classifier = Classifier.open(
                        Path.of(arguments[0]), ModelOptions.defaults().withThreads(1));
                FrameSource images = FrameSource.folder(Path.of(arguments[1]))) {
            FrameStream.run(classifier, images, options, lines);
        } catch (ElasticVisionException e) { // whatever it is, its message says what to do
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
