package org.elasticvision.runtime.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.image.ImageSource;

/**
 * A program that asks a tiny model from 8 threads, replaces it by a newly opened one every 100 inferences and closes the old
 * one under the other threads' hands; every other model comes from the folder of optimised ones. Its last line is how many inferences it did, how many models it opened, and by how
 * many kilobytes its resident memory grew after the first fifth of them.
 */
final class Soak {
    private static final int THREADS = 8;
    private static final int INFERENCES_PER_MODEL = 100;

    private final Path file;
    private final boolean leak;
    private final AtomicReference<Classifier> current = new AtomicReference<>();
    private final AtomicInteger models = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    private Soak(Path file, boolean leak) {
        this.file = file;
        this.leak = leak;
    }

    /**
     * Runs it.
     *
     * @param arguments a classifier of {@link TestModels}, how many inferences, and whether to leave old models open
     */
    public static void main(String[] arguments) throws Exception {
        int inferences = Integer.parseInt(arguments[1]);
        Soak soak = new Soak(Path.of(arguments[0]), Boolean.parseBoolean(arguments[2]));
        soak.open();
        soak.ask(inferences / 5);
        long before = residentKilobytes();
        soak.ask(inferences);
        long after = residentKilobytes();
        soak.current.get().close();
        System.out.println(inferences + " " + soak.models + " " + (after - before));
    }

    /** Asks until there have been so many inferences in all. */
    private void ask(int inferences) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int color = thread % TestModels.COLORS.size();
                callers.add(threads.submit(() -> {
                    ImageSource image = ImageSource.of(TestModels.plain(6, 5, 0xFF0000 >> (8 * color)));
                    for (int i = begun.getAndIncrement(); i < inferences; i = begun.getAndIncrement()) {
                        if (i % INFERENCES_PER_MODEL == 0) {
                            replaceModel();
                        }
                        int answer = predict(image);
                        if (answer != color) {
                            throw new IllegalStateException("the image of color " + color + " was taken for " + answer);
                        }
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
        }
        begun.set(inferences);
    }

    /** Asks the model of the moment; one that was closed before the call got in must say so, and have been replaced. */
    private int predict(ImageSource image) {
        while (true) {
            Classifier model = current.get();
            try {
                return model.predict(image).top(1).get(0).index();
            } catch (IllegalStateException e) {
                if (model == current.get() || !e.getMessage().contains(" is closed")) {
                    throw e;
                }
            }
        }
    }

    private void replaceModel() {
        Classifier old = open();
        if (!leak) {
            old.close();
        }
    }

    /** By turns the file itself, and what is kept of it optimised. */
    private Classifier open() {
        ModelOptions options = ModelOptions.defaults().withThreads(1);
        boolean kept = models.incrementAndGet() % 2 == 0;
        return current.getAndSet(
                Classifier.open(file, kept ? options.withOptimizedModels(file.resolveSibling("optimized")) : options));
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
