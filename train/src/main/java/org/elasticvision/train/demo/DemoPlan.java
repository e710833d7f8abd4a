package org.elasticvision.train.demo;

import java.util.List;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.shapes.ShapesOptions;

/**
 * How much the demo does.
 *
 * @param shapes the pictures
 * @param segmentationEpochs of the first network, which learns from every pixel
 * @param otherEpochs of the classifier, which starts from its weights, and of the multi-label network, which starts from
 *     the classifier's
 * @param twin whether a network that is not Elastic is trained too, which takes as long again
 */
public record DemoPlan(ShapesOptions shapes, int segmentationEpochs, int otherEpochs, boolean twin) {
    private static final double WEIGHT_DECAY = 1e-4;

    /** Each network starts from the weights of the one before. */
    static final List<Task> ORDER = List.of(Task.SEGMENTATION, Task.CLASSIFICATION, Task.MULTI_LABEL);

    /**
     * A few minutes on two cores.
     *
     * @return the plan
     */
    public static DemoPlan full() {
        return new DemoPlan(new ShapesOptions(3000, 500, 48, 1), 7, 4, false);
    }

    /**
     * Seconds: shows that all works, and that the networks have not learnt much yet.
     *
     * @return the plan
     */
    public static DemoPlan quick() {
        return new DemoPlan(new ShapesOptions(96, 24, 48, 1), 1, 1, false);
    }

    /** {@return the same for a network that is not Elastic too} */
    public DemoPlan withTwin() {
        return new DemoPlan(shapes, segmentationEpochs, otherEpochs, true);
    }

    List<DemoNetwork> networks() {
        return twin ? List.of(DemoNetwork.values()) : List.of(DemoNetwork.ELASTIC);
    }

    Recipe recipe(Task task) {
        Recipe published = Recipe.published(task, DemoNetwork.ELASTIC.architecture());
        return switch (task) {
            case SEGMENTATION ->
                published.with(recipe -> recipe.epochs(segmentationEpochs)
                        .batchSize(16)
                        .learningRate(0.4)
                        .weightDecay(WEIGHT_DECAY)
                        .schedule(new Schedule.Polynomial(0.9))
                        // So high a rate from the start makes some runs diverge.
                        .warmupEpochs(Math.min(2, segmentationEpochs / 2.0)));
            case CLASSIFICATION -> other(published, 0.05);
            case MULTI_LABEL -> other(published, 0.006);
        };
    }

    private Recipe other(Recipe published, double learningRate) {
        return published.with(recipe -> recipe.epochs(otherEpochs)
                .batchSize(32)
                .learningRate(learningRate)
                .weightDecay(WEIGHT_DECAY)
                .schedule(new Schedule.Cosine()));
    }

    /** Milder than the published one: the pictures are small and few. */
    Augmentation augmentation(Task task) {
        return switch (task) {
            case SEGMENTATION -> Augmentation.published().withScale(1, 1);
            case CLASSIFICATION, MULTI_LABEL -> Augmentation.published().withAreaMin(0.7);
        };
    }
}
