package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.cli.output.AnswerRow;

/** Pictures that are written about each image. Thread-safe. */
interface PictureFiles {
    /** {@return what is written about an image, by the names of the members in JSON} */
    Map<String, Path> of(InputImage image);

    /**
     * Writes what {@link #of} names.
     *
     * @param image that was asked about
     * @param answer of the model
     * @param rows the classes to show, in their order
     */
    void write(InputImage image, Prediction answer, List<AnswerRow> rows);
}
