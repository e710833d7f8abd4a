package org.elasticvision.train.torch.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.elasticvision.train.distributed.Rank;

/**
 * Which rank has failed first, and why, as all of them find it in the store: the user is told once. The store may be gone with the first rank or
 * the network, so that no answer is waited for long.
 */
final class FailureNotice {
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(3);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final String FAILURE = "failure";
    private static final String LEFT = "left";

    private final TCPStore store;
    private final Rank rank;
    private boolean hasLeft;

    /** @param store stays its owner's */
    FailureNotice(TCPStore store, Rank rank) {
        this.store = store;
        this.rank = rank;
    }

    /** Whether no other rank has said before that it ends; true too where none can be asked any more. */
    boolean isFirst(String reason) {
        byte[] own = (rank.index() + ": " + reason).getBytes(StandardCharsets.UTF_8);
        return ask(
                () -> Arrays.equals(
                        own,
                        store.compareSet(FAILURE, new ByteVector(), new ByteVector(own))
                                .get()),
                true);
    }

    /** Whether some rank has said that it ends. */
    boolean isSaid() {
        return ask(() -> store.check(new StringVector(FAILURE)), false);
    }

    /** Says, once, that this rank has read what there is; the first one waits for the others to have done so. */
    void leave() {
        if (hasLeft) {
            return;
        }
        hasLeft = true;
        long left = ask(() -> store.add(LEFT, 1), (long) rank.size());
        long end = System.nanoTime() + LONGEST_FAREWELL.toNanos();
        while (rank.isFirst() && left < rank.size() && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            left = ask(() -> store.add(LEFT, 0), (long) rank.size());
        }
    }

    private static <T> T ask(Callable<T> question, T otherwise) {
        FutureTask<T> asking = new FutureTask<>(() -> {
            try (PointerScope scope = new PointerScope()) {
                return question.call();
            }
        });
        Thread thread = new Thread(asking, "elastic-rank-question");
        thread.setDaemon(true);
        thread.start();
        try {
            return asking.get(LONGEST_QUESTION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
