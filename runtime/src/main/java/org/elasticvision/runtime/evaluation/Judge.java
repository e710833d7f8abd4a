package org.elasticvision.runtime.evaluation;

import java.util.List;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.Measures;

/**
 * The published evaluation of a task: its images and its measures.
 *
 * @param <S> a sample: an image and the truth about it
 */
interface Judge<S> {
    List<S> samples();

    ImageSource image(S sample);

    /**
     * Looks which images are turned by EXIF.
     *
     * @param orientation how they are decoded
     * @throws org.elasticvision.runtime.base.DatasetException if the truth is about the other view
     */
    TurnedImages turned(Orientation orientation);

    /**
     * Compares an answer with the truth. Called by many threads at once.
     *
     * @return counts the comparison; run by one thread, in the order of the samples
     */
    Runnable judge(S sample, Prediction answer);

    /** The measures of all that was counted. */
    Measures measures();

    /** The same with the first {@code count} samples, nothing counted yet. */
    Judge<S> limitedTo(int count);
}
