import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;

/**
 * An application that knows nothing of oneDNN's needs: {@code Embedded MODEL THREADS BUSY SECONDS} prints the median milliseconds of one image,
 * while so many threads of its own compute something else.
 */
final class Embedded {
    private static volatile double result; // of the threads beside, so that they compute it

    private Embedded() {}

    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[1]);
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            Thread beside = new Thread(Embedded::compute);
            beside.setDaemon(true);
            beside.start();
        }
        try (Engine engine = Engine.open(Path.of(arguments[0]), new EngineOptions(threads).withProvider(Provider.ONEDNN))) {
            FloatBuffer image = DirectBuffers.floats(engine.inputShape().itemElements());
            FloatBuffer answer = DirectBuffers.floats(engine.outputShape().itemElements());
            for (int i = 0; i < image.capacity(); i++) {
                image.put(i, (float) Math.sin(i * 0.01));
            }
            long seconds = Long.parseLong(arguments[3]);
            run(engine, image, answer, seconds); // warm
            List<Double> times = run(engine, image, answer, seconds);
            times.sort(null);
            System.out.printf(Locale.ROOT, "%.2f%n", times.get(times.size() / 2));
        }
    }

    private static List<Double> run(Engine engine, FloatBuffer image, FloatBuffer answer, long seconds) {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            engine.run(image, answer, 1);
            times.add((System.nanoTime() - start) / 1e6);
        }
        return times;
    }

    private static void compute() {
        double sum = 0;
        for (long i = 0; i >= 0; i++) {
            sum += Math.sqrt(i);
            result = sum;
        }
    }
}
