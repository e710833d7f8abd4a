import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;

/** Many inferences of oneDNN's engine from many threads: {@code EngineSoak FOLDER INFERENCES}. */
final class EngineSoak {
    private static final String ARCHITECTURE = "resnext_tiny_elastic";
    private static final int SIDE = 32;
    private static final int CLASSES = 10;
    private static final int THREADS = 8;
    private static final int LARGEST_BATCH = 6;
    private static final int INFERENCES_PER_OPENING = 200;
    private static final int QUARTERS = 4;
    private static final double MOST_RESIDENT_MB = 32;
    private static final long MOST_TRACKED_BYTES = 100_000;

    private final List<Slot> slots;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger openings = new AtomicInteger();

    private EngineSoak(List<Slot> slots) {
        this.slots = slots;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int inferences = Integer.parseInt(arguments[1]);
        EngineSoak soak = new EngineSoak(slots(folder));
        print(String.format(Locale.ROOT, "%12s %9s %14s %16s", "inferences", "openings", "resident MB", "tracked bytes"));
        List<Memory> seen = new ArrayList<>(List.of(soak.memory()));
        for (int quarter = 1; quarter <= QUARTERS; quarter++) {
            soak.run((int) ((long) inferences * quarter / QUARTERS));
            seen.add(soak.memory());
        }
        Memory first = seen.get(1);
        Memory last = seen.get(QUARTERS);
        double grown = last.residentMegabytes - first.residentMegabytes;
        long tracked = last.trackedBytes - first.trackedBytes;
        print(String.format(
                Locale.ROOT, "from the first quarter on: %+.1f MB resident, %+d bytes tracked", grown, tracked));
        if (grown > MOST_RESIDENT_MB || tracked > MOST_TRACKED_BYTES) {
            System.err.printf("memory grows: more than %.0f MB or %d bytes%n", MOST_RESIDENT_MB, MOST_TRACKED_BYTES);
            System.exit(1);
        }
    }

    private record Memory(double residentMegabytes, long trackedBytes) {}

    /** A model in an engine that is replaced now and then. */
    private static final class Slot {
        private final Path file;
        private final EngineOptions options;
        private final AtomicReference<Engine> current = new AtomicReference<>();
        private final List<float[]> expected = new ArrayList<>();
        private final int inputs;
        private final int outputs;

        Slot(Path file, InferencePrecision precision) {
            this.file = file;
            this.options = new EngineOptions(1).withProvider(Provider.ONEDNN).withPrecision(precision);
            try (Engine engine = Engine.open(file, options)) {
                inputs = engine.inputShape().itemElements();
                outputs = engine.outputShape().itemElements();
                for (int batch = 1; batch <= LARGEST_BATCH; batch++) {
                    expected.add(answer(engine, batch));
                }
            }
        }

        private float[] answer(Engine engine, int batch) {
            FloatBuffer in = DirectBuffers.floats(batch * inputs);
            Random random = new Random(batch);
            for (int i = 0; i < in.capacity(); i++) {
                in.put(i, (float) random.nextGaussian());
            }
            FloatBuffer out = DirectBuffers.floats(batch * outputs);
            engine.run(in, out, batch);
            float[] values = new float[out.capacity()];
            out.get(0, values);
            return values;
        }

        void open() {
            close(current.getAndSet(Engine.open(file, options)));
        }

        void close() {
            close(current.getAndSet(null));
        }

        private static void close(Engine engine) {
            if (engine != null) {
                engine.close();
            }
        }

        /** One that was closed before the call got in must say so, and have been replaced. */
        void ask(int batch) {
            while (true) {
                Engine engine = current.get();
                try {
                    if (!Arrays.equals(answer(engine, batch), expected.get(batch - 1))) {
                        throw new AssertionError(file + " answers otherwise than at first, in a batch of " + batch);
                    }
                    return;
                } catch (IllegalStateException e) {
                    if (engine == current.get() || !e.getMessage().contains(" is closed")) {
                        throw e;
                    }
                }
            }
        }
    }

    private static List<Slot> slots(Path folder) throws IOException {
        Path classifier = folder.resolve("classifier.onnx");
        Path segmenter = folder.resolve("segmenter.onnx");
        Path int8 = folder.resolve("classifier.int8.onnx");
        Architecture architecture = Architecture.of(ARCHITECTURE);
        UntrainedModel.write(architecture, Task.CLASSIFICATION, CLASSES, SIDE, classifier);
        UntrainedModel.write(architecture, Task.SEGMENTATION, CLASSES, SIDE, segmenter);
        Path photo = folder.resolve("photo.jpg");
        UntrainedModel.writePhoto(photo);
        Quantization quantization = Quantization.of(classifier);
        quantization.write(
                int8,
                quantization.calibrate(List.of(ImageSource.of(photo)), image -> {}),
                QuantizationOptions.of(Int8Target.CPU));
        return List.of(
                new Slot(classifier, InferencePrecision.FP32),
                new Slot(classifier, InferencePrecision.AUTO),
                new Slot(segmenter, InferencePrecision.FP32),
                new Slot(int8, InferencePrecision.FP32),
                new Slot(int8, InferencePrecision.AUTO));
    }

    /** Asks until there have been so many inferences in all. */
    private void run(int inferences) throws Exception {
        slots.forEach(Slot::open);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                callers.add(threads.submit(() -> {
                    for (int i = begun.getAndIncrement(); i < inferences; i = begun.getAndIncrement()) {
                        Slot slot = slots.get(random.nextInt(slots.size()));
                        if (i % INFERENCES_PER_OPENING == 0) {
                            slot.open();
                            openings.incrementAndGet();
                        }
                        slot.ask(1 + random.nextInt(LARGEST_BATCH));
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
        slots.forEach(Slot::close);
    }

    private Memory memory() throws IOException {
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            long kilobytes = lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
            Memory memory = new Memory(kilobytes / 1024.0, Pointer.totalBytes());
            print(String.format(
                    Locale.ROOT,
                    "%12d %9d %14.1f %16d",
                    begun.get(),
                    openings.get(),
                    memory.residentMegabytes,
                    memory.trackedBytes));
            return memory;
        }
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
