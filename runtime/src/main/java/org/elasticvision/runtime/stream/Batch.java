package org.elasticvision.runtime.stream;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.elasticvision.runtime.bulk.Attempt;
import org.elasticvision.runtime.bulk.Predictor;
import org.elasticvision.runtime.image.ImageSource;

/** Frames that go through the network together, and their outcomes once they have. */
record Batch<A>(List<Frame> frames, CompletableFuture<List<Attempt<A>>> attempts) {
    Batch(List<Frame> frames) {
        this(frames, new CompletableFuture<>());
    }

    /** Works on it; whatever goes wrong reaches whoever waits for the attempts. */
    void work(Predictor<A> predictor) {
        try {
            List<ImageSource> images = frames.stream().map(Frame::image).toList();
            attempts.complete(Attempt.each(predictor, images));
        } catch (Throwable e) {
            attempts.completeExceptionally(e);
        }
    }
}
