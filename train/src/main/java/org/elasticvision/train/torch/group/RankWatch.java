package org.elasticvision.train.torch.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.elasticvision.train.distributed.Rank;

/**
 * Sees whether the other ranks are alive: each leaves a sign of life in the store every second, with how many exchanges it has begun. A rank
 * without a new sign for some time, and one that does not come to an exchange in which all others wait, is told of while this rank
 * waits too: nothing else would end the waiting. Threads of its own, and one alone for
 * what may be cut off with the network; thread-safe.
 */
final class RankWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 1000;
    /** After an exchange has failed, a rank is gone that gives no sign for so long. */
    private static final Duration GONE = Duration.ofMillis(3500);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(20);

    private final TCPStore store;
    private final Rank rank;
    private final Duration silence;
    private final Duration lateness;
    private final Consumer<String> lost;
    private final Thread exchanging;
    private final Thread watching;
    /** How many exchanges this rank has begun; odd while it waits in one. */
    private final AtomicLong phase = new AtomicLong();

    private final String[] signs;
    private final long[] changed;
    private volatile long waitingSince;
    private volatile boolean closed;

    /**
     * Begins to watch.
     *
     * @param store a connection of its own, which it closes
     * @param silence after which a rank is taken for lost
     * @param lateness after which a rank that lives, but does not come to where the others wait, is
     * @param lost is told, in this thread
     */
    RankWatch(TCPStore store, Rank rank, Duration silence, Duration lateness, Consumer<String> lost) {
        this.store = store;
        this.rank = rank;
        this.silence = silence;
        this.lateness = lateness;
        this.lost = lost;
        this.signs = new String[rank.size()];
        this.changed = new long[rank.size()];
        Arrays.fill(signs, "");
        Arrays.fill(changed, System.nanoTime());
        this.exchanging = started(this::exchangeSigns, "elastic-rank-signs");
        this.watching = started(this::watch, "elastic-rank-watch");
    }

    private static Thread started(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void beginWaiting() {
        waitingSince = System.nanoTime();
        phase.incrementAndGet();
    }

    void endWaiting() {
        phase.incrementAndGet();
    }

    private boolean isWaiting() {
        return phase.get() % 2 == 1;
    }

    /** Leaves signs and reads those of others. Where the network is gone this waits for it, and no sign is new. */
    private void exchangeSigns() {
        for (long beat = 0; !closed; beat++) {
            try (PointerScope scope = new PointerScope()) {
                set(key(rank.index()), beat + " " + phase.get());
                for (int other = 0; other < signs.length; other++) {
                    String sign = get(key(other));
                    synchronized (this) {
                        if (!sign.equals(signs[other])) {
                            signs[other] = sign;
                            changed[other] = System.nanoTime();
                        }
                    }
                }
            } catch (RuntimeException e) {
                // the store is the first rank's: without it no sign is new
            }
            if (!sleep()) {
                return;
            }
        }
    }

    private void watch() {
        long last = System.nanoTime();
        while (!closed && sleep()) {
            long now = System.nanoTime();
            boolean wasPaused = now - last > PAUSE.toNanos();
            last = now;
            if (wasPaused) { // this process stood still itself, as virtual machines and debuggers have it
                forgive(now);
            } else if (isWaiting()) {
                silent(silence).ifPresent(other -> tell("rank " + other + " does not answer any more"));
                late().ifPresent(other -> tell("rank " + other + " has kept the others waiting for "
                        + lateness.toMinutes() + " minutes: it hangs"));
            }
        }
    }

    private synchronized void forgive(long now) {
        Arrays.fill(changed, now);
    }

    private static boolean sleep() {
        try {
            Thread.sleep(EVERY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void tell(String message) {
        if (!closed) {
            lost.accept(message);
        }
    }

    /** The rank without a sign for longest; the first where the store is gone, and with it all signs. */
    private synchronized OptionalInt silent(Duration time) {
        long now = System.nanoTime();
        int oldest = -1;
        int living = 0;
        for (int other = 0; other < changed.length; other++) {
            if (now - changed[other] > time.toNanos()) {
                oldest = oldest < 0 ? other : oldest;
            } else {
                living++;
            }
        }
        if (oldest < 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(living == 0 ? 0 : oldest);
    }

    private synchronized OptionalInt late() {
        long own = phase.get();
        if (!isWaiting() || System.nanoTime() - waitingSince < lateness.toNanos()) {
            return OptionalInt.empty();
        }
        for (int other = 0; other < signs.length; other++) {
            String[] words = signs[other].split(" ", -1);
            if (words.length == 2 && Long.parseLong(words[1]) < own) {
                return OptionalInt.of(other);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Which rank is gone, after an exchange has failed; empty where all give signs, or one has said why it ends.
     *
     * @param isSaid whether one has
     */
    OptionalInt findLost(BooleanSupplier isSaid) {
        long end = System.nanoTime() + LONGEST_SEARCH.toNanos();
        OptionalInt found = silent(GONE);
        while (found.isEmpty() && System.nanoTime() < end && !closed && !isSaid.getAsBoolean()) {
            try {
                Thread.sleep(EVERY_MILLIS / 10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return OptionalInt.empty();
            }
            found = silent(GONE);
        }
        return found;
    }

    private static String key(int index) {
        return "sign/" + index;
    }

    private void set(String key, String value) {
        store.set(key, new ByteVector(value.getBytes(StandardCharsets.UTF_8)));
    }

    private String get(String key) {
        StringVector keys = new StringVector(key);
        return store.check(keys) ? new String(store.get(key).get(), StandardCharsets.UTF_8) : "";
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : new Thread[] {watching, exchanging}) {
            thread.interrupt();
            try {
                thread.join(2 * EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
