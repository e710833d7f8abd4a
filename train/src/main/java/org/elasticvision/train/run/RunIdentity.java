package org.elasticvision.train.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.settings.SavedValues;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/**
 * What must not change within a run, because steps, order and random numbers are counted by it.
 *
 * @param batchSize images per update
 * @param accumulate micro-batches of an update
 * @param seed of everything random
 * @param images to learn from
 * @param names checksum of the images' names, their folders aside
 * @param ema the moving average of the weights in words, or {@value #NO_EMA}
 * @param optimizer by its name
 */
record RunIdentity(long batchSize, long accumulate, long seed, long images, long names, String ema, String optimizer) {
    static final String NO_EMA = "none";

    private static final String KEY = "identity";
    private static final String BATCH_SIZE = "batch_size";
    private static final String ACCUMULATE = "accumulate";
    private static final String SEED = "seed";
    private static final String IMAGES = "images";
    private static final String NAMES = "names";
    private static final String EMA = "ema";
    private static final String OPTIMIZER = "optimizer";

    static RunIdentity of(TrainingJob job) {
        return new RunIdentity(
                job.recipe().batchSize(),
                job.recipe().accumulationSteps(),
                job.settings().seed(),
                job.training().size(),
                names(job.training()),
                job.recipe().ema().map(MovingAverage::toString).orElse(NO_EMA),
                job.recipe().optimizer().toString());
    }

    /** Checksum of the images' names, their folders aside. */
    static long names(TrainingData data) {
        CRC32 checksum = new CRC32();
        for (int i = 0; i < data.size(); i++) {
            String path = data.name(i);
            String name = path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
            checksum.update(name.getBytes(StandardCharsets.UTF_8));
        }
        return checksum.getValue();
    }

    static RunIdentity of(TrainingCheckpoint checkpoint) {
        SavedValues values = SavedValues.of(checkpoint).map(KEY);
        return new RunIdentity(
                values.integer(BATCH_SIZE),
                values.integer(ACCUMULATE),
                values.integer(SEED),
                values.integer(IMAGES),
                values.integer(NAMES),
                values.textIfAny(EMA).orElse(NO_EMA),
                values.textIfAny(OPTIMIZER).orElse(OptimizerKind.SGD.toString()));
    }

    void addTo(Map<String, Object> values) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put(BATCH_SIZE, batchSize);
        own.put(ACCUMULATE, accumulate);
        own.put(SEED, seed);
        own.put(IMAGES, images);
        own.put(NAMES, names);
        own.put(EMA, ema);
        own.put(OPTIMIZER, optimizer);
        values.put(KEY, own);
    }

    /**
     * Refuses to go on with something else.
     *
     * @param checkpoint that this identity is of
     */
    void requireSame(RunIdentity now, Path checkpoint) {
        require("--batch", batchSize, now.batchSize, checkpoint);
        require("--accumulate", accumulate, now.accumulate, checkpoint);
        require("--seed", seed, now.seed, checkpoint);
        require("--ema", ema, now.ema, checkpoint);
        require("--optimizer", optimizer, now.optimizer, checkpoint);
        if (images != now.images || names != now.names) {
            throw new ElasticVisionException(checkpoint + ": the training images are not those of its run ("
                    + String.format(Locale.ROOT, "%,d then, %,d now", images, now.images)
                    + (images == now.images ? ", of other names" : "")
                    + "); bring them back, or start a new run from its weights with --init-from");
        }
    }

    private static void require(String option, Object then, Object now, Path checkpoint) {
        if (!then.equals(now)) {
            throw new ElasticVisionException(checkpoint + ": its run has " + option + " " + then
                    + ", which cannot become " + now
                    + " on the way; leave the option out, or start a new run from its weights with --init-from");
        }
    }
}
