import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.batching.BatcherOptions;
import org.elasticvision.runtime.batching.DynamicBatcher;
import org.elasticvision.runtime.batching.OverloadedException;

/** Batchers one after the other, with options by chance, whom four callers ask with deadlines by chance; some cancel, some wait for no answer. */
final class Batcher implements Workload {
    private static final int CALLERS = 4;
    private static final int IMAGES_PER_CALLER = 500;
    private static final int MODEL_BATCH = 4;
    private static final int OPEN_ANSWERS = 12;
    private static final int EVERY_LEAK = 5;

    private final boolean leak;
    private final Classifier model;
    private final Pictures pictures = new Pictures();
    private final List<DynamicBatcher<Classification>> leaked = new ArrayList<>();
    private final Tally met = new Tally();
    private final Random random = new Random(1);
    private long done;
    private int batchers;

    Batcher(Path folder, boolean leak) throws IOException {
        this.leak = leak;
        this.model = Classifier.open(
                TinyModel.write(folder.resolve("batched.onnx")),
                ModelOptions.defaults().forCallers(2, 2).withBatch(MODEL_BATCH));
    }

    private record Asked(long number, CompletableFuture<Classification> answer) {}

    @Override
    public long work(long units, BooleanSupplier late) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            while (done < units && !late.getAsBoolean()) {
                round(callers);
                done += (long) CALLERS * IMAGES_PER_CALLER;
            }
        } finally {
            callers.shutdown();
        }
        return done;
    }

    private void round(ExecutorService callers) throws Exception {
        BatcherOptions options = new BatcherOptions(
                random.nextInt(MODEL_BATCH + 1), Duration.ofNanos(random.nextInt(2_000_000)), 8 + random.nextInt(64), 1 + random.nextInt(3));
        DynamicBatcher<Classification> batcher = new DynamicBatcher<>(model, options);
        met.add("batchers");
        List<Future<?>> asking = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Random chance = new Random(random.nextLong());
            asking.add(callers.submit(() -> ask(batcher, chance)));
        }
        for (Future<?> one : asking) {
            one.get();
        }
        if (leak && batchers++ % EVERY_LEAK == 0) {
            leaked.add(batcher);
        } else if (!batcher.close(Duration.ofSeconds(30))) {
            throw new AssertionError("a batcher does not end");
        }
    }

    private void ask(DynamicBatcher<Classification> batcher, Random chance) {
        Queue<Asked> open = new ArrayDeque<>();
        for (int i = 0; i < IMAGES_PER_CALLER; i++) {
            long number = chance.nextInt(1_000_000);
            try {
                CompletableFuture<Classification> answer = batcher.submit(pictures.get(number));
                switch (chance.nextInt(4)) {
                    case 0 -> answer.orTimeout(chance.nextInt(3_000), TimeUnit.MICROSECONDS);
                    case 1 -> answer.cancel(false);
                    default -> answer.orTimeout(1, TimeUnit.MINUTES);
                }
                open.add(new Asked(number, answer));
            } catch (OverloadedException e) {
                met.add("refused");
            }
            if (open.size() > chance.nextInt(OPEN_ANSWERS)) {
                settle(open.remove());
            }
        }
        open.forEach(this::settle);
    }

    private void settle(Asked asked) {
        try {
            Pictures.check(asked.number(), asked.answer().join().best().index());
            met.add("answered");
        } catch (CancellationException e) {
            met.add("cancelled");
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                met.add("too late");
            } else if (e.getCause() instanceof ImageException && Pictures.isBad(asked.number())) {
                met.add("bad pictures");
            } else {
                throw e;
            }
        }
    }

    @Override
    public String met() {
        return met.toString();
    }

    @Override
    public void close() {
        leaked.forEach(DynamicBatcher::close);
        model.close();
    }
}
