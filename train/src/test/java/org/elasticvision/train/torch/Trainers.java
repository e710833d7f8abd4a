package org.elasticvision.train.torch;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.elasticvision.train.torch.optimizer.OptimizerSettings;

/** Trainers of untrained networks, and random batches for them. */
final class Trainers {
    static final int CLASSES = 5;

    private Trainers() {}

    static TorchTrainer of(Architecture architecture, Task task, TorchOptions options) {
        return of(architecture, task, options, OptimizerKind.SGD);
    }

    static TorchTrainer of(Architecture architecture, Task task, TorchOptions options, OptimizerKind optimizer) {
        Network network = architecture.network(task, CLASSES);
        Recipe recipe = Recipe.published(task, architecture).with(one -> one.optimizer(optimizer));
        TrainerSettings settings = new TrainerSettings(
                new OptimizerSettings(optimizer, ParameterGroups.of(network, task, recipe), 1),
                0,
                List.of(),
                new BatchNormSettings(false, Set.of()),
                Optional.empty());
        return new TorchTrainer(network, new Initialization(network, 1), settings, options);
    }

    static Batch batch(Task task, int images, int side, long seed) {
        Random random = new Random(seed);
        float[] values = new float[images * Batch.CHANNELS * side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Batch(Direct.floats(values), side, side, target(task, images, side, random));
    }

    private static Target target(Task task, int images, int side, Random random) {
        return switch (task) {
            case CLASSIFICATION ->
                new Target.Classes(random.ints(images, 0, CLASSES).toArray());
            case MULTI_LABEL -> {
                float[] present = new float[images * CLASSES];
                for (int i = 0; i < present.length; i++) {
                    present[i] = random.nextInt(2);
                }
                yield new Target.LabelSets(present, CLASSES);
            }
            case SEGMENTATION -> {
                byte[] pixels = new byte[images * side * side];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) (random.nextInt(10) == 0 ? Target.Masks.VOID : random.nextInt(CLASSES));
                }
                yield new Target.Masks(pixels, side, side);
            }
        };
    }
}
