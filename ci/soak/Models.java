import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Provider;

/** Models that two threads open, ask once and close: in both engines for processors, kept optimised or not, and files that are cut off. */
final class Models implements Workload {
    private static final int THREADS = 2;
    private static final int EVERY_BAD = 50;
    private static final int EVERY_LEAK = 10;

    private final boolean leak;
    private final Path file;
    private final Path cutOff;
    private final List<ModelOptions> options;
    private final Pictures pictures = new Pictures();
    private final List<Classifier> leaked = new ArrayList<>();
    private final Tally met = new Tally();
    private final AtomicLong begun = new AtomicLong();

    Models(Path folder, boolean leak) throws IOException {
        this.leak = leak;
        this.file = TinyModel.write(folder.resolve("opened.onnx"));
        byte[] whole = Files.readAllBytes(file);
        this.cutOff = Files.write(folder.resolve("cut-off.onnx"), Arrays.copyOf(whole, whole.length / 2));
        ModelOptions one = ModelOptions.defaults().withThreads(1);
        this.options = List.of(
                one.withProvider(Provider.CPU),
                one.withProvider(Provider.ONEDNN),
                one.withProvider(Provider.CPU).withOptimizedModels(folder.resolve("optimized")),
                one.withProvider(Provider.CPU).withThreads(2));
    }

    @Override
    public long work(long units, BooleanSupplier late) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                workers.add(threads.submit(() -> {
                    while (!late.getAsBoolean()) {
                        long number = begun.getAndIncrement();
                        if (number >= units) {
                            begun.decrementAndGet();
                            return;
                        }
                        open(number);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdown();
        }
        return begun.get();
    }

    private void open(long number) {
        if (number % EVERY_BAD == EVERY_BAD - 1) {
            try (Classifier model = Classifier.open(cutOff, options.get(0))) {
                throw new AssertionError(model + " was opened, though its file is cut off");
            } catch (ModelException e) {
                met.add("files that are cut off");
                return;
            }
        }
        Classifier model = Classifier.open(file, options.get((int) (number % options.size())));
        if (!Pictures.isBad(number)) {
            Pictures.check(number, model.predict(pictures.get(number)).best().index());
        }
        met.add("opened");
        if (leak && number % EVERY_LEAK == 0) {
            synchronized (leaked) {
                leaked.add(model);
            }
        } else {
            model.close();
        }
    }

    @Override
    public String met() {
        return met.toString();
    }

    @Override
    public void close() {
        leaked.forEach(Classifier::close);
    }
}
