package org.elasticvision.train.torch.device;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.torch.TorchTrainer;

/**
 * While one is open, Java does not end: Ctrl-C, SIGTERM and {@code System.exit} of another thread wait until it is closed.
 *
 * <p>A process that ends while LibTorch computes can crash, or hang for good: the matrix library inside waits for a thread of
 * its own that no longer runs, and then only SIGKILL helps. {@link TorchTrainer}, and so all of this module, opens a shield around
 * every call by itself. An application opens one around LibTorch calls of its own, or around work that is to be finished even if
 * the process is asked to end meanwhile:
 *
 * <pre>{@code
 * try (TorchShield shield = TorchShield.open()) {
 *     Tensor product = torch.mm(left, right);
 *     save(product);
 * }
 * }</pre>
 *
 * <p>Once Java is ending, a thread that has a shield open may open more, so that it can finish; all others are refused. Shields
 * may be open in any number of threads; each is closed by the thread that opened it. A thread that calls {@code System.exit}
 * inside its own shield is not waited for. How long Java waits has no limit but the work itself: keep shields to what takes seconds,
 * or let the work look for a signal to stop, as {@link org.elasticvision.train.stop.GracefulStop} does for training.
 */
public final class TorchShield implements AutoCloseable {
    private static final Object LOCK = new Object();
    /** How often the holders are checked again: one may die or call {@code System.exit} without notice. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private static final Map<Thread, Integer> HOLDERS = new HashMap<>();
    private static boolean ending;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(TorchShield::awaitHolders, "elastic-torch-shield"));
        } catch (IllegalStateException e) {
            ending = true;
        }
    }

    private final Thread owner = Thread.currentThread();
    private boolean closed;

    private TorchShield() {}

    /**
     * Opens a shield.
     *
     * @return the shield, to be closed by this thread
     * @throws ElasticVisionException if Java is ending already and this thread has no shield open: nothing may be begun any more
     */
    public static TorchShield open() {
        synchronized (LOCK) {
            Thread thread = Thread.currentThread();
            if (ending && !HOLDERS.containsKey(thread)) {
                throw new ElasticVisionException("Java is ending: LibTorch begins nothing any more");
            }
            HOLDERS.merge(thread, 1, Integer::sum);
            return new TorchShield();
        }
    }

    /**
     * {@return what work on a batch gives, done behind a shield}
     *
     * @param images in the batch
     * @param work that takes memory by the image
     * @throws ElasticVisionException if memory does not suffice, or Java is ending
     */
    public static <T> T behind(int images, Supplier<T> work) {
        return behind(() -> TorchMemory.needed(images, work));
    }

    /**
     * {@return what the work gives, done behind a shield}
     *
     * @throws ElasticVisionException if Java is ending
     */
    public static <T> T behind(Supplier<T> work) {
        try (TorchShield shield = open()) {
            return work.get();
        }
    }

    /** Frees native memory behind a shield; where Java is ending, the operating system does that. */
    public static void free(Runnable work) {
        synchronized (LOCK) {
            if (ending && !HOLDERS.containsKey(Thread.currentThread())) {
                return;
            }
        }
        try (TorchShield shield = open()) {
            work.run();
        }
    }

    private static void awaitHolders() {
        synchronized (LOCK) {
            ending = true;
            try {
                while (HOLDERS.keySet().stream().anyMatch(TorchShield::mayWork)) {
                    LOCK.wait(LOOK_AGAIN_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Not if it has died, or waits in {@code System.exit} for the hook that would wait for it. */
    private static boolean mayWork(Thread thread) {
        if (!thread.isAlive()) {
            return false;
        }
        for (StackTraceElement call : thread.getStackTrace()) {
            if (call.getClassName().equals(Runtime.class.getName())
                    && call.getMethodName().equals("exit")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets Java end, if this was the last one.
     *
     * @throws IllegalStateException if another thread opened it
     */
    @Override
    public void close() {
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("a TorchShield is closed by the thread that opened it, " + owner.getName());
        }
        synchronized (LOCK) {
            if (!closed) {
                closed = true;
                HOLDERS.computeIfPresent(owner, (thread, open) -> open == 1 ? null : open - 1);
                LOCK.notifyAll();
            }
        }
    }
}
