import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.StepResult;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.TrainerSettings;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;

/**
 * Makes a training step for every line on the standard input, and answers with its loss, its seconds and the resident memory's
 * peak so far in MiB. Run from its source: {@code java -cp … TrainStep.java ARCH TASK BATCH SIZE THREADS CHECKPOINT [recompute|float32|bfloat16]}.
 * Writes its initial weights first, so that another implementation can start from them; {@code -} writes none.
 */
final class TrainStep {
    private static final int CLASSES = 1000;
    private static final int SEGMENTATION_CLASSES = 21;

    private TrainStep() {}

    public static void main(String[] arguments) throws Exception {
        Architecture architecture = Architecture.of(arguments[0]);
        Task task = Task.of(arguments[1]);
        int images = Integer.parseInt(arguments[2]);
        int size = Integer.parseInt(arguments[3]);
        TorchThreads.set(Integer.parseInt(arguments[4]));
        String how = arguments.length > 6 ? arguments[6] : "float32";
        Network network = architecture.network(task, task.isPerPixel() ? SEGMENTATION_CLASSES : CLASSES);
        Initialization weights = new Initialization(network, 1);
        if (!arguments[5].equals("-")) {
            write(network, weights, Path.of(arguments[5]));
        }
        Recipe recipe = Recipe.published(task, architecture);
        TrainerSettings settings =
                new TrainerSettings(ParameterGroups.of(network, task, recipe), 0, new BatchNormSettings(false, Set.of()));
        Batch batch = new Batch(values(images * 3 * size * size), size, size, target(task, images, size));
        TorchOptions options = TorchOptions.defaults()
                .withActivationCheckpointing(how.equals("recompute"))
                .withPrecision(how.equals("bfloat16") ? TrainingPrecision.BFLOAT16 : TrainingPrecision.FLOAT32);
        try (TorchTrainer trainer = new TorchTrainer(network, weights, settings, options);
                Scanner lines = new Scanner(System.in)) {
            double[] rates = new double[settings.optimizer().groups().size()];
            Arrays.fill(rates, recipe.learningRate());
            System.out.println("ready");
            while (lines.hasNextLine() && !lines.nextLine().equals("end")) {
                long begun = System.nanoTime();
                StepResult result = trainer.accumulate(batch);
                trainer.update(rates);
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.println(result.loss() + " " + seconds + " " + peak());
            }
        }
    }

    /** The largest resident memory of this process so far, in MiB. */
    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .sum();
    }

    /** Noise that any language can repeat: a multiplicative hash of the index, from -1 to 1. */
    private static FloatBuffer values(int count) {
        FloatBuffer values = ByteBuffer.allocateDirect(Float.BYTES * count)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < count; i++) {
            values.put(i, (float) (((i * 2654435761L) & 0xFFFFFFFFL) / 2147483648.0 - 1));
        }
        return values;
    }

    private static Target target(Task task, int images, int size) {
        if (task.isPerPixel()) {
            byte[] pixels = new byte[images * size * size];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (i / 97 % SEGMENTATION_CLASSES);
            }
            return new Target.Masks(pixels, size, size);
        }
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            labels[i] = 37 * i % CLASSES;
        }
        return new Target.Classes(labels);
    }

    private static void write(Network network, Initialization weights, Path file) {
        Map<String, Object> tensors = new LinkedHashMap<>();
        network.tensors().forEach(spec -> {
            List<Long> shape = spec.shape().stream().map(Number::longValue).toList();
            tensors.put(
                    spec.name(),
                    spec.name().endsWith("num_batches_tracked")
                            ? SavedTensor.longs(shape, () -> new long[] {0})
                            : SavedTensor.floats(shape, () -> weights.read(spec.name())));
        });
        CheckpointWriter.write(file, Map.of("state_dict", new OrderedDict(tensors)));
    }
}
