package org.elasticvision.train.settings.loading;

import java.util.Optional;
import org.elasticvision.train.data.loading.LoaderOptions;
import org.elasticvision.train.data.mixing.BatchMixing;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;

/** How the training images of a job are put into micro-batches. */
public final class TrainingBatches {
    private TrainingBatches() {}

    /**
     * {@return the options of its loader, which mixes the images of a batch where the augmentation says so; masks never are mixed}
     *
     * @param job what is trained, and how
     * @param threads how many load
     */
    public static LoaderOptions of(TrainingJob job, int threads) {
        Optional<Augmentation> augmentation =
                switch (job.task()) {
                    case CLASSIFICATION, MULTI_LABEL -> job.settings().data().map(RunSettings.Data::augmentation);
                    case SEGMENTATION -> Optional.empty();
                };
        return LoaderOptions.training(
                        job.task(),
                        job.recipe().microBatchSize(),
                        threads,
                        job.settings().seed())
                .withMixing(augmentation.flatMap(
                        variation -> BatchMixing.of(variation, job.labels().size())));
    }
}
