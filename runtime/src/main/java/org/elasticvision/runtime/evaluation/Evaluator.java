package org.elasticvision.runtime.evaluation;

import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.TaskMetrics;

/**
 * The images of a task on which models are measured, and what is true of them. Immutable.
 *
 * @param <S> a sample: an image and where the truth about it is
 * @param <A> the answer about one image
 * @param <T> the truth about one image
 */
interface Evaluator<S, A extends Prediction, T> {
    List<S> samples();

    ImageSource image(S sample);

    /**
     * Looks which images are turned by EXIF.
     *
     * @param orientation how they are decoded
     * @throws org.elasticvision.runtime.base.DatasetException if the truth is about the other view
     */
    TurnedImages turned(Orientation orientation);

    /** Reads what is true of an image that has been answered. Called by many threads at once. */
    T truth(S sample, A answer);

    /** Says what is in an image, which may take reading its mask. */
    LabelledImage.Contents contents(S sample);

    /** {@return the samples as others see them} */
    default List<LabelledImage> labelled() {
        return samples().stream()
                .map(sample -> new LabelledImage(image(sample), () -> contents(sample)))
                .toList();
    }

    /** The published measures of the task, of no image yet. */
    TaskMetrics<A, T> metrics();

    /** Adds an answer to the measures; called by one thread, in the order of the samples. */
    default void add(TaskMetrics<A, T> metrics, S sample, A answer, T truth) {
        metrics.add(answer, truth);
    }

    /** What an observer gets. */
    Evaluation.AnsweredImage answered(S sample, A answer, T truth);

    /** The same of these samples. */
    Evaluator<S, A, T> of(List<S> some);

    /** The same of some of its samples: of every {@code step}-th before {@code end}, from {@code first} on. */
    default Evaluator<S, A, T> some(int first, int step, int end) {
        return of(IntStream.iterate(first, i -> i < end, i -> i + step)
                .mapToObj(samples()::get)
                .toList());
    }
}
