package org.elasticvision.runtime.bulk;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.image.ImageSource;

/**
 * The outcome of predicting one image of a batch: an answer or the exception.
 *
 * @param answer null where it failed
 * @param failure null where it was answered
 */
public record Attempt<A>(A answer, RuntimeException failure) {

    /**
     * Asks about a batch. Where that fails, about each half of it, and so on, so that in the end only those images fail that
     * fail alone.
     *
     * @param <A> the answer about one image
     * @param predictor what is asked
     * @param images the images
     * @return as many as there are images, in their order
     */
    public static <A> List<Attempt<A>> each(Predictor<A> predictor, List<ImageSource> images) {
        List<Attempt<A>> attempts = new ArrayList<>(images.size());
        try {
            List<? extends A> answers = predictor.predict(images);
            if (answers.size() != images.size()) {
                throw new IllegalStateException(
                        "asked about " + images.size() + " images, a predictor gave " + answers.size() + " answers");
            }
            answers.forEach(answer -> attempts.add(new Attempt<>(answer, null)));
        } catch (RuntimeException e) {
            if (images.size() == 1) {
                return List.of(new Attempt<>(null, e));
            }
            int half = images.size() / 2;
            attempts.addAll(each(predictor, images.subList(0, half)));
            attempts.addAll(each(predictor, images.subList(half, images.size())));
        }
        return attempts;
    }
}
