package org.elasticvision.runtime.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.elasticvision.runtime.ImageException;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.image.ImageSource;

/**
 * What came of asking about one image: an answer or a failure.
 *
 * @param item what was asked about
 * @param answer null where it failed
 * @param failure null where it was answered
 */
public record Outcome<T>(T item, Prediction answer, ImageException failure) {

    /** Asks about a batch; where an image of it is bad, about each alone, so that only the bad one fails. */
    public static <T> List<Outcome<T>> ask(Model model, List<T> items, Function<? super T, ImageSource> image) {
        List<ImageSource> images = items.stream().<ImageSource>map(image).toList();
        List<Outcome<T>> outcomes = new ArrayList<>(items.size());
        try {
            List<? extends Prediction> answers = model.predict(images);
            for (int i = 0; i < items.size(); i++) {
                outcomes.add(new Outcome<>(items.get(i), answers.get(i), null));
            }
        } catch (ImageException e) {
            if (items.size() == 1) {
                return List.of(new Outcome<>(items.get(0), null, e));
            }
            items.forEach(item -> outcomes.addAll(ask(model, List.of(item), image)));
        }
        return outcomes;
    }

    /** Cuts a list into batches of a size, the last one as long as is left. */
    public static <T> List<List<T>> batches(List<T> items, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            batches.add(items.subList(from, Math.min(from + size, items.size())));
        }
        return batches;
    }
}
