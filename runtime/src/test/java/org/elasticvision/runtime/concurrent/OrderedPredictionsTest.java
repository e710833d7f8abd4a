package org.elasticvision.runtime.concurrent;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderedPredictionsTest {
    private static final int ITEMS = 101;

    /** A long video must not be decoded into memory as a whole. */
    @Test
    void itemsAreAskedForAsTheWorkGoesOn() {
        int threads = 2;
        int batch = 3;
        AtomicInteger given = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger mostAhead = new AtomicInteger();
        Iterator<Integer> source = IntStream.range(0, ITEMS)
                .peek(i -> {
                    given.incrementAndGet();
                    mostAhead.accumulateAndGet(given.get() - taken.get(), Math::max);
                })
                .iterator();
        List<String> results = new ArrayList<>();
        OrderedPredictions.<Integer, String, String>forEach(
                threads,
                Predictor.of(
                        batch, images -> images.stream().map(ImageSource::name).toList()),
                () -> source,
                i -> ImageSource.of(new RgbImage(1, 1, new byte[3]), "image " + i),
                (i, outcome) -> i + " " + ((Outcome.Answered<String>) outcome).answer(),
                result -> {
                    taken.incrementAndGet();
                    results.add(result);
                });
        assertThat(results)
                .isEqualTo(IntStream.range(0, ITEMS)
                        .mapToObj(i -> i + " image " + i)
                        .toList());
        assertThat(mostAhead.get()).isLessThanOrEqualTo(batch * (2 * threads + 1) + 1);
    }
}
