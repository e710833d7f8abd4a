package org.elasticvision.runtime;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;

/**
 * The outcome of predicting one image of several: an answer, or the exception.
 *
 * @param <A> the answer about one image
 */
public sealed interface Outcome<A> {

    /**
     * The image was answered.
     *
     * @param answer the answer
     */
    record Answered<A>(A answer) implements Outcome<A> {}

    /**
     * The image failed, alone.
     *
     * @param failure what the predictor threw
     */
    record Failed<A>(RuntimeException failure) implements Outcome<A> {

        /**
         * {@return the failure, if the image is to blame}
         *
         * @throws RuntimeException the failure, if not: it would end whatever is asked next, too
         */
        public ImageException badImage() {
            if (failure instanceof ImageException bad) {
                return bad;
            }
            throw failure;
        }
    }

    /**
     * Asks about a batch. If that fails, asks about each half of it, and so on, so that in the end only those images fail that
     * fail alone.
     *
     * @param <A> the answer about one image
     * @param predictor what is asked
     * @param images the images
     * @return as many as there are images, in their order
     */
    static <A> List<Outcome<A>> of(Predictor<? extends A> predictor, List<? extends ImageSource> images) {
        List<Outcome<A>> outcomes = new ArrayList<>(images.size());
        try {
            List<? extends A> answers = predictor.predict(images);
            if (answers.size() != images.size()) {
                throw new IllegalStateException(
                        "asked about " + images.size() + " images, a predictor gave " + answers.size() + " answers");
            }
            answers.forEach(answer -> outcomes.add(new Answered<>(answer)));
        } catch (RuntimeException e) {
            if (images.size() == 1) {
                return List.of(new Failed<>(e));
            }
            int half = images.size() / 2;
            outcomes.addAll(of(predictor, images.subList(0, half)));
            outcomes.addAll(of(predictor, images.subList(half, images.size())));
        }
        return outcomes;
    }
}
