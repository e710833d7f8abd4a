package org.elasticvision.samples.serve.isolate;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.samples.serve.http.Decoding;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * Processes that decode, as many as pictures are worked on at a time. One that ends, or takes too long and is killed, costs the file that it was at:
 * another one is started, at once for the first, later and later while one after the other ends. Thread-safe.
 */
public final class DecoderPool implements Decoding, AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final int MOST_DOUBLINGS = 7;

    private final int size;
    private final long fileBytes;
    private final Duration timeout;
    private final Consumer<String> warnings;
    private final Set<DecoderProcess> all = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<DecoderProcess> idle = new LinkedBlockingQueue<>();
    private final AtomicInteger lostInARow = new AtomicInteger();
    private final AtomicLong died = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DecoderPool::daemon);
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(DecoderPool::daemon);
    private volatile boolean closed;

    /**
     * A pool without processes, until {@link #start}.
     *
     * @param warnings receives one line when a process cannot be started again
     */
    public DecoderPool(Limits limits, Consumer<String> warnings) {
        size = limits.concurrent();
        fileBytes = limits.bodyBytes();
        Duration half = limits.timeout().dividedBy(2); // so that what is said comes before the request's own end
        timeout = half.compareTo(LONGEST) < 0 ? half : LONGEST;
        this.warnings = warnings;
    }

    /**
     * Starts the processes.
     *
     * @throws ElasticVisionException where they cannot be started; none runs then
     */
    public void start() {
        try {
            for (int i = 0; i < size; i++) {
                add();
            }
        } catch (IOException | ImageException e) {
            close();
            throw new ElasticVisionException(
                    "no process can be started that decodes pictures (" + e.getMessage()
                            + "); give this machine more memory, or leave out --isolate",
                    e);
        }
    }

    private void add() throws IOException {
        DecoderProcess started = DecoderProcess.launch(fileBytes);
        all.add(started);
        Future<?> watch = timer.schedule(started::kill, LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
        try {
            started.warmUp();
        } catch (IOException | ImageException e) {
            started.kill();
            all.remove(started);
            throw e;
        } finally {
            watch.cancel(false);
        }
        idle.add(started);
        if (closed) {
            killAll();
        }
    }

    @Override
    public ImageSource of(byte[] encoded, String name, Orientation orientation) {
        DecoderMessages.Question question = new DecoderMessages.Question(encoded, name, orientation);
        return ImageSource.of(() -> decode(question), name);
    }

    private RgbImage decode(DecoderMessages.Question question) {
        DecoderProcess process = borrow();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> watch = timer.schedule(
                () -> {
                    late.set(true);
                    process.kill();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        boolean sound = false;
        try {
            RgbImage image = process.decode(question);
            sound = true;
            return image;
        } catch (ImageException e) { // which it says of the file
            sound = true;
            throw e;
        } catch (IOException e) {
            (late.get() ? timedOut : died).incrementAndGet();
            throw new ImageException(
                    question.name() + ": "
                            + (late.get()
                                    ? "it was not decoded within " + timeout.toMillis() / 1000.0 + " s"
                                    : "the process that decodes it ended while it was at it")
                            + "; send another file",
                    e);
        } finally {
            if (watch.cancel(false) && sound) {
                lostInARow.set(0);
                idle.add(process);
            } else {
                lose(process);
            }
        }
    }

    private DecoderProcess borrow() {
        try {
            long end = System.nanoTime() + timeout.toNanos();
            while (true) {
                DecoderProcess process = idle.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (process == null) {
                    throw new RequestRefused(
                            HttpStatus.SERVICE_UNAVAILABLE_503,
                            "the processes that decode pictures are being started again; try again in a moment",
                            Map.of("Retry-After", "1"));
                }
                if (process.isAlive()) {
                    return process;
                }
                died.incrementAndGet(); // through no fault of this file
                lose(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "the server is stopping; try again when it is back");
        }
    }

    private void lose(DecoderProcess process) {
        process.kill();
        all.remove(process);
        startAgain();
    }

    private void startAgain() {
        int lost = lostInARow.getAndIncrement();
        long pause = lost == 0 ? 0 : FIRST_PAUSE_MILLIS << Math.min(lost, MOST_DOUBLINGS);
        if (!closed) {
            Future<?> unused = starter.schedule(this::tryToAdd, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void tryToAdd() {
        try {
            if (!closed) {
                add();
            }
        } catch (IOException | ImageException e) {
            warnings.accept(
                    "a process that decodes pictures cannot be started (" + e.getMessage() + "); it is tried again");
            startAgain();
        }
    }

    /** {@return processes that run} */
    public long running() {
        return all.size();
    }

    /** {@return processes that ended by themselves} */
    public long died() {
        return died.get();
    }

    /** {@return processes that were killed, as they took too long} */
    public long timedOut() {
        return timedOut.get();
    }

    @Override
    public void close() {
        closed = true;
        starter.shutdown();
        timer.shutdown();
        killAll();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "decoders");
        thread.setDaemon(true);
        return thread;
    }

    private void killAll() {
        all.forEach(DecoderProcess::kill);
    }
}
