import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Scanner;
import java.util.Set;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.distributed.Rank;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.StepResult;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.TrainerSettings;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.group.GlooGroup;

/**
 * Makes a training step of resnext50_elastic for every line on the standard input, as a rank if the environment says so, and answers
 * with its loss, its seconds, and how many of them went into exchanging gradients that no backward pass hid.
 *
 * <p>{@code java -cp … RankStep.java BATCH SIZE THREADS}
 */
final class RankStep {
    private static final int CLASSES = 1000;

    private RankStep() {}

    public static void main(String[] arguments) {
        int images = Integer.parseInt(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        TorchThreads.set(Integer.parseInt(arguments[2]));
        Optional<Rank> rank = Rank.of(System.getenv());
        Architecture architecture = Architecture.of("resnext50_elastic");
        Network network = architecture.network(Task.CLASSIFICATION, CLASSES);
        Recipe recipe = Recipe.published(Task.CLASSIFICATION, architecture);
        TrainerSettings settings = new TrainerSettings(
                ParameterGroups.of(network, Task.CLASSIFICATION, recipe), 0, new BatchNormSettings(false, Set.of()));
        double[] rates = new double[settings.optimizer().groups().size()];
        Arrays.fill(rates, recipe.learningRate());
        int[] labels = new int[images];
        Arrays.setAll(labels, i -> 37 * i % CLASSES);
        Batch batch = new Batch(values(images * 3 * size * size), size, size, new Target.Classes(labels));
        try (ProcessGroup group = rank.<ProcessGroup>map(one -> GlooGroup.join(one, Duration.ofMinutes(2), System.err::println))
                        .orElseGet(ProcessGroup::alone);
                TorchTrainer trainer = new TorchTrainer(
                        network, new Initialization(network, 1), settings, TorchOptions.defaults(), group);
                Scanner lines = new Scanner(System.in)) {
            System.out.println("ready");
            while (lines.hasNextLine() && !lines.nextLine().equals("end")) {
                long begun = System.nanoTime();
                long before = trainer.exchangeTime().toNanos();
                StepResult result = trainer.accumulate(batch, true);
                trainer.update(rates);
                System.out.println(result.loss() + " " + (System.nanoTime() - begun) / 1e9 + " "
                        + (trainer.exchangeTime().toNanos() - before) / 1e9);
            }
        }
        System.exit(0);
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
}
