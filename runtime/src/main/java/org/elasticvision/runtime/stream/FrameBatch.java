package org.elasticvision.runtime.stream;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.image.ImageSource;

/** Frames that go through the network together, and their outcomes once they have. */
record FrameBatch<A>(List<Frame> frames, CompletableFuture<List<Outcome<A>>> outcomes) {
    FrameBatch(List<Frame> frames) {
        this(frames, new CompletableFuture<>());
    }

    /** Works on it; whoever waits for the outcomes receives what goes wrong. */
    void work(Predictor<? extends A> predictor) {
        try {
            List<ImageSource> images = frames.stream().map(Frame::image).toList();
            outcomes.complete(Outcome.of(predictor, images));
        } catch (Throwable e) {
            outcomes.completeExceptionally(e);
        }
    }
}
