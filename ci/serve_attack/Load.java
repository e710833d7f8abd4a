import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask at a rate, whether or not they are answered, each on a connection that it keeps. */
final class Load implements AutoCloseable {
    /** One reply: when it was asked for, in seconds since the beginning, and how long it took. */
    record Sample(int status, double at, double milliseconds, boolean retryAfter) {}

    private final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean end = new AtomicBoolean();
    private final AtomicLong turn = new AtomicLong();
    private final ExecutorService clients;
    private final long start = System.nanoTime();

    /**
     * Begins.
     *
     * @param perSecond requests; 0 for as many as are answered
     */
    Load(Target target, int clients, double perSecond) {
        this.clients = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            this.clients.execute(() -> ask(target, perSecond));
        }
    }

    private void ask(Target target, double perSecond) {
        Raw connection = null;
        while (!end.get()) {
            long due = start + (long) (perSecond == 0 ? 0 : turn.getAndIncrement() * 1e9 / perSecond);
            sleep(due - System.nanoTime());
            long asked = System.nanoTime();
            try {
                connection = connection == null ? new Raw(target.port()) : connection;
                Raw.Reply reply = connection.post(target.ask(), target.photo());
                add(reply.status(), asked, reply.head().contains("\r\nretry-after: "));
                if (reply.head().contains("\r\nconnection: close")) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException e) {
                if (!end.get()) {
                    add(-1, asked, false);
                }
                connection = null;
            }
        }
        if (connection != null) {
            connection.close();
        }
    }

    private void add(int status, long asked, boolean retryAfter) {
        samples.add(new Sample(status, (asked - start) * 1e-9, (System.nanoTime() - asked) * 1e-6, retryAfter));
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<Sample> after(double seconds) {
        synchronized (samples) {
            return samples.stream().filter(sample -> sample.at() >= seconds).toList();
        }
    }

    static Latencies of(List<Sample> samples, int status) {
        return new Latencies(samples.stream()
                .filter(sample -> sample.status() == status)
                .mapToDouble(Sample::milliseconds)
                .toArray());
    }

    /** Lets everyone end what has been asked. */
    @Override
    public void close() throws InterruptedException {
        end.set(true);
        clients.shutdown();
        clients.awaitTermination(60, TimeUnit.SECONDS);
    }
}
