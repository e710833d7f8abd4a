import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;

/** Whether an image's answer depends on its company and on the threads: {@code SameAnswers FOLDER ARCH:TASK:CLASSES:SIDE...}. */
final class SameAnswers {
    private static final int BATCH = 8;
    private static final int[] THREADS = {1, 2};

    private final Path folder;
    private boolean keeps = true;

    private SameAnswers(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        SameAnswers answers = new SameAnswers(Path.of(arguments[0]));
        System.out.printf(
                "%-36s %-6s %-24s %-12s %-12s %-12s%n",
                "network", "model", "engine", "again", "in batches", "1, 2 threads");
        for (String network : Arrays.asList(arguments).subList(1, arguments.length)) {
            answers.examine(network.split(":"));
        }
        if (!answers.keeps) {
            System.err.println("answers differ: docs/engines.md promises that they do not");
            System.exit(1);
        }
    }

    private record Way(String name, EngineOptions options) {}

    private void examine(String[] network) throws IOException {
        Architecture architecture = Architecture.of(network[0]);
        Task task = Task.valueOf(network[1]);
        Path model = folder.resolve("fp32.onnx");
        UntrainedModel.write(architecture, task, Integer.parseInt(network[2]), Integer.parseInt(network[3]), model);
        Path int8 = folder.resolve("int8.onnx");
        Path photo = folder.resolve("photo.jpg");
        UntrainedModel.writePhoto(photo);
        Quantization quantization = Quantization.of(model);
        quantization.write(
                int8,
                quantization.calibrate(List.of(ImageSource.of(photo)), image -> {}),
                QuantizationOptions.of(Int8Target.CPU));
        String name = network[0] + " " + task.name().toLowerCase(Locale.ROOT);
        for (Path file : List.of(model, int8)) {
            for (Way way : ways(file.equals(int8))) {
                compare(name, file, way);
            }
            Files.delete(file);
        }
    }

    private static List<Way> ways(boolean int8) {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way("ONNX Runtime", new EngineOptions(1).withProvider(Provider.CPU)));
        EngineOptions onednn = new EngineOptions(1).withProvider(Provider.ONEDNN);
        ways.add(new Way("oneDNN", onednn));
        if (!int8) {
            ways.add(new Way("oneDNN, bf16", onednn.withPrecision(InferencePrecision.BF16)));
        }
        return ways;
    }

    private void compare(String name, Path file, Way way) {
        Difference again = new Difference();
        Difference company = new Difference();
        Difference threads = new Difference();
        float[] alone = null;
        for (int count : THREADS) {
            EngineOptions options = way.options.withThreads(count);
            try (Engine engine = Engine.open(file, options)) {
                int inputs = engine.inputShape().itemElements();
                float[] image = noise(inputs, 1);
                float[] answer = run(engine, List.of(image)).get(0);
                if (alone == null) {
                    alone = answer;
                }
                threads.see(alone, answer);
                again.see(answer, run(engine, List.of(image)).get(0));
                for (int place = 0; place < BATCH; place++) {
                    List<float[]> batch = new ArrayList<>();
                    for (int i = 0; i < BATCH; i++) {
                        batch.add(i == place ? image : noise(inputs, 2 + i));
                    }
                    company.see(answer, run(engine, batch).get(place));
                }
            } catch (ModelException e) {
                System.out.printf("%-36s %-6s %-24s not here: %s%n", name, form(file), way.name, e.getMessage());
                return;
            }
        }
        System.out.printf(
                "%-36s %-6s %-24s %-12s %-12s %-12s%n", name, form(file), way.name, again, company, threads);
        System.out.flush();
        keeps &= again.none() && company.none() && threads.none();
    }

    private static String form(Path file) {
        return file.getFileName().toString().replace(".onnx", "");
    }

    private static float[] noise(int elements, int seed) {
        Random random = new Random(seed);
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static List<float[]> run(Engine engine, List<float[]> images) {
        FloatBuffer in = DirectBuffers.floats(images.size() * engine.inputShape().itemElements());
        images.forEach(in::put);
        in.rewind();
        int outputs = engine.outputShape().itemElements();
        FloatBuffer out = DirectBuffers.floats(images.size() * outputs);
        engine.run(in, out, images.size());
        List<float[]> answers = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            float[] values = new float[outputs];
            out.get(i * outputs, values);
            answers.add(values);
        }
        return answers;
    }

    /** How far apart two answers were at most, as a share of the largest value. */
    private static final class Difference {
        private boolean any;
        private double most;

        void see(float[] expected, float[] actual) {
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < expected.length; i++) {
                any |= Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i]);
                largest = Math.max(largest, Math.abs(expected[i]));
                difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
            }
            most = Math.max(most, difference / largest);
        }

        boolean none() {
            return !any;
        }

        @Override
        public String toString() {
            return any ? String.format(Locale.ROOT, "%.1e", most) : "same";
        }
    }
}
