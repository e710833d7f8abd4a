package org.elasticvision.train.run;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.TrainingJob;

/** Refuses images, or what is left of them, from which nothing can be learned or measured. */
final class UsableImages {
    private final Recipe recipe;
    private final boolean needsSeveralImages;
    /** Whose images BatchNorm sees together. */
    private final ProcessGroup together;

    UsableImages(TrainingJob job, ProcessGroup group) {
        recipe = job.recipe();
        together = recipe.batchNormSharing() == BatchNormSharing.SYNCHRONISED ? group : ProcessGroup.alone();
        // The segmentation head normalises one value per image and channel.
        needsSeveralImages = job.task() == Task.SEGMENTATION && !recipe.freezeBatchNorm();
    }

    /** Of the images, there must be as many as an update takes. */
    void requireEnough(Loader training) {
        if (training.batches() < recipe.accumulationSteps()) {
            throw new ElasticVisionException("the training images make " + training.batches() + " micro-batches of "
                    + recipe.microBatchSize() + ", fewer than the " + recipe.accumulationSteps()
                    + " that an update takes; use a smaller --batch or --accumulate");
        }
        if (recipe.microBatchSize() * together.size() == 1 && needsSeveralImages) {
            throw new ElasticVisionException("BatchNorm cannot learn from one image at a time; use a larger --batch, a"
                    + " smaller --accumulate, or --freeze-bn");
        }
    }

    /**
     * How many images a micro-batch has for BatchNorm, with those of the processes it is synchronised with, which make the same call: 0 if
     * there are not enough. The last batch of an epoch may have but one.
     *
     * @param own of this process
     */
    int together(int own) {
        int all = (int) together.sum(own)[0];
        return all == 1 && needsSeveralImages ? 0 : all;
    }

    /** Where the data say more, nobody would see that a network of one answer is never wrong. */
    static void requireSeveralKinds(Loader training) {
        if (training.leavesOneKind()) {
            throw new ElasticVisionException("the training images that can be used are all of one class, which a"
                    + " network would always answer; " + training.skipped() + " were skipped, the first because "
                    + training.firstFailure().orElse("it cannot be read"));
        }
    }
}
