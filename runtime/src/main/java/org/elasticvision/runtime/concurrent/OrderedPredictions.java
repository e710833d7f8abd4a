package org.elasticvision.runtime.concurrent;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.concurrent.workers.OrderedWorkers;
import org.elasticvision.runtime.image.ImageSource;

/** Many images through one model by several threads, the results in the order of the images, a bad image failing alone. */
public final class OrderedPredictions {
    private OrderedPredictions() {}

    /**
     * Asks about all items, {@link Predictor#batch()} at a time. The first failure that is not about an image, of the predictor,
     * {@code work} or {@code take}, ends it and is thrown here, when no work is running any more.
     *
     * @param <T> what is asked about
     * @param <A> the answer about one image
     * @param <R> what the work on one item gives
     * @param threads how many ask, at least 1
     * @param predictor what is asked
     * @param items in order; the next ones are asked for as work goes on, not all at once, in the calling thread
     * @param image gives the image of an item
     * @param work on an item and its outcome, an answer or a bad image; run by {@code threads} threads
     * @param take gets the results in the order of the items, in the calling thread
     */
    public static <T, A, R> void forEach(
            int threads,
            Predictor<A> predictor,
            Iterable<T> items,
            Function<? super T, ? extends ImageSource> image,
            BiFunction<? super T, ? super Outcome<A>, ? extends R> work,
            Consumer<? super R> take) {
        OrderedWorkers.forEach(
                threads,
                batches(items, predictor.batch()),
                batch -> {
                    List<Outcome<A>> outcomes =
                            Outcome.of(predictor, batch.stream().map(image).toList());
                    outcomes.forEach(OrderedPredictions::requireNoOtherFailure);
                    return IntStream.range(0, batch.size())
                            .<R>mapToObj(i -> work.apply(batch.get(i), outcomes.get(i)))
                            .toList();
                },
                results -> results.forEach(take));
    }

    private static void requireNoOtherFailure(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?> failed) {
            failed.badImage();
        }
    }

    /** The last one as long as is left. */
    private static <T> Iterable<List<T>> batches(Iterable<T> items, int size) {
        return () -> {
            Iterator<T> rest = items.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rest.hasNext();
                }

                @Override
                public List<T> next() {
                    List<T> batch = new ArrayList<>(List.of(rest.next()));
                    while (batch.size() < size && rest.hasNext()) {
                        batch.add(rest.next());
                    }
                    return batch;
                }
            };
        };
    }
}
