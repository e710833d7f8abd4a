package org.elasticvision.runtime.batching;

import java.util.concurrent.CompletableFuture;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.image.ImageSource;

/**
 * An image that somebody waits for.
 *
 * @param deadline {@link System#nanoTime()} at which it waits no longer for others
 * @param begun is called when its turn has come
 */
record Request<A>(ImageSource image, long deadline, Runnable begun, CompletableFuture<A> future) {

    /** Nobody waits for it any more. */
    boolean isDone() {
        return future.isDone();
    }

    void complete(Outcome<A> outcome) {
        if (outcome instanceof Outcome.Answered<A> answered) {
            future.complete(answered.answer());
        } else if (outcome instanceof Outcome.Failed<A> failed) {
            future.completeExceptionally(failed.failure());
        }
    }
}
