package org.elasticvision.runtime.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;

/**
 * The outcome of predicting one image: an answer, or that it is bad. Whatever else goes wrong ends the asking, where an
 * {@link Attempt} keeps it.
 *
 * @param item what was asked about
 * @param answer null where it failed
 * @param failure null where it was answered
 */
public record Outcome<T>(T item, Prediction answer, ImageException failure) {

    /**
     * Asks about a batch; where that fails, about parts of it, so that only bad images fail ({@link Attempt#each}).
     *
     * @param <T> what is asked about
     * @param model an open model
     * @param items in order
     * @param image gives the image of an item
     * @return as many as there are items, in their order
     * @throws RuntimeException what the model threw, if that was not about an image
     */
    public static <T> List<Outcome<T>> ask(Model model, List<T> items, Function<? super T, ImageSource> image) {
        List<ImageSource> images = items.stream().<ImageSource>map(image).toList();
        List<Attempt<Prediction>> attempts = Attempt.each(Predictor.of(model), images);
        return IntStream.range(0, items.size())
                .mapToObj(i -> of(items.get(i), attempts.get(i)))
                .toList();
    }

    private static <T> Outcome<T> of(T item, Attempt<Prediction> attempt) {
        if (attempt.failure() == null) {
            return new Outcome<>(item, attempt.answer(), null);
        }
        if (attempt.failure() instanceof ImageException bad) {
            return new Outcome<>(item, null, bad);
        }
        throw attempt.failure();
    }

    /**
     * Cuts a list into batches of a size, the last one as long as is left.
     *
     * @param <T> what is cut
     * @param items in order
     * @param size how many at most
     * @return the batches, in order
     */
    public static <T> List<List<T>> batches(List<T> items, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            batches.add(items.subList(from, Math.min(from + size, items.size())));
        }
        return batches;
    }
}
