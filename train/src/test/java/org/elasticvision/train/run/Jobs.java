package org.elasticvision.train.run;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.torch.device.TorchOptions;

/** Small training jobs on pictures that are made up: a bright square whose place says the class. */
final class Jobs {
    static final int CLASSES = 4;
    static final int SIDE = 16;

    private Jobs() {}

    static TrainingJob of(Task task, Path folder, Recipe recipe) {
        RunSettings settings = RunSettings.of(
                        Architecture.of("resnext_tiny_elastic"),
                        task,
                        Labels.numbered(CLASSES),
                        Preprocessing.published(task, SIDE, SIDE))
                .with(run -> run.recipe(recipe)
                        .loading(new RunSettings.Loading(OptionalInt.of(2), false))
                        .seed(7)
                        .notes(List.of("a note")));
        return new TrainingJob(settings, new Squares(task, 48), new Squares(task, 24), TorchOptions.defaults(), folder);
    }

    /** The loss of label sets is 80 times as large, so the published learning rate is as much lower. */
    static Recipe learning(Task task) {
        double rate = task == Task.MULTI_LABEL ? 0.003 : 0.05;
        return recipe(12, 8, 1).with(recipe -> recipe.learningRate(rate));
    }

    static Recipe recipe(int epochs, int batch, int accumulate) {
        return Recipe.published(Task.CLASSIFICATION, Architecture.of("resnext_tiny_elastic"))
                .with(recipe -> recipe.epochs(epochs)
                        .batchSize(batch)
                        .accumulationSteps(accumulate)
                        .learningRate(0.05)
                        .weightDecay(1e-4)
                        .schedule(new Schedule.Cosine()));
    }

    /** The same job with the images of each batch mixed, by MixUp or CutMix. */
    static TrainingJob mixing(TrainingJob job) {
        Augmentation both = Augmentation.none().withMixUp(0.2).withCutMix(1);
        RunSettings settings =
                job.settings().with(run -> run.data(new RunSettings.Data(DataSource.of(Path.of("squares")), both)));
        return new TrainingJob(settings, job.training(), job.validation(), job.torch(), job.folder());
    }

    /** The same job with other images to learn from. */
    static TrainingJob with(TrainingJob job, TrainingData training) {
        return new TrainingJob(job.settings(), training, job.validation(), job.torch(), job.folder());
    }

    /** The same job with images read otherwise. */
    static TrainingJob with(TrainingJob job, TrainingData validation, RunSettings.Loading loading) {
        return new TrainingJob(
                job.settings().with(run -> run.loading(loading)),
                job.training(),
                validation,
                job.torch(),
                job.folder());
    }

    /** A bright square in one of four quarters; some noise, which augmentation makes anew. */
    static class Squares implements TrainingData {
        private final Task task;
        private final int size;

        Squares(Task task, int size) {
            this.task = task;
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public String name(int index) {
            return "square " + index;
        }

        @Override
        public int height() {
            return SIDE;
        }

        @Override
        public int width() {
            return SIDE;
        }

        @Override
        public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            int quarter = index % CLASSES;
            byte[] mask = new byte[SIDE * SIDE];
            for (int channel = 0; channel < 3; channel++) {
                for (int y = 0; y < SIDE; y++) {
                    for (int x = 0; x < SIDE; x++) {
                        boolean inside = (y >= SIDE / 2) == (quarter >= 2) && (x >= SIDE / 2) == (quarter % 2 == 1);
                        float value = (float) (0.3 * random.nextGaussian()) + (inside ? 1 + quarter * 0.5f : 0);
                        images.put(offset + (channel * SIDE + y) * SIDE + x, value);
                        mask[y * SIDE + x] = (byte) (inside ? quarter : 0);
                    }
                }
            }
            return switch (task) {
                case CLASSIFICATION -> new Target.Classes(new int[] {quarter});
                case MULTI_LABEL -> {
                    float[] present = new float[CLASSES];
                    present[quarter] = 1;
                    yield new Target.LabelSets(present, CLASSES);
                }
                case SEGMENTATION -> new Target.Masks(mask, SIDE, SIDE);
            };
        }
    }
}
