package org.elasticvision.train.data.mixing;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.transform.Augmentation;

/**
 * Mixes each image of a batch with the one before it, the first with the last: torchvision's {@code v2.MixUp} or {@code v2.CutMix}, or, as its
 * reference for classification does it, a random one of them for each batch, both equally likely. The distributions are the same, the random numbers
 * others. Thread-safe.
 *
 * @param mixUp alpha of MixUp, 0 for none
 * @param cutMix alpha of CutMix, 0 for none
 * @param classes of which an image has one
 */
public record BatchMixing(double mixUp, double cutMix, int classes) {
    public BatchMixing {
        if (!(mixUp >= 0 && cutMix >= 0 && mixUp + cutMix > 0)) {
            throw new IllegalArgumentException("alphas " + mixUp + " and " + cutMix + " mix nothing");
        }
    }

    /**
     * {@return what an augmentation asks for; empty where batches stay as they are}
     *
     * @param augmentation of the training images
     * @param classes of which an image has one
     */
    public static Optional<BatchMixing> of(Augmentation augmentation, int classes) {
        return augmentation.mixUp() == 0 && augmentation.cutMix() == 0
                ? Optional.empty()
                : Optional.of(new BatchMixing(augmentation.mixUp(), augmentation.cutMix(), classes));
    }

    /**
     * Mixes a batch. An image that is alone is mixed with itself.
     *
     * @param batch of classes or label sets, at least one; its images are changed
     * @param random all that is random comes from here
     * @return the same images with {@linkplain Target.ClassProbabilities probabilities of classes}, or label sets of values in between
     * @throws IllegalArgumentException if the target is masks
     */
    public Batch mix(Batch batch, RandomGenerator random) {
        boolean isMixUp = cutMix == 0 || (mixUp > 0 && random.nextBoolean());
        double share = new SymmetricBeta(isMixUp ? mixUp : cutMix).sample(random);
        if (isMixUp) {
            MixUp.mix(batch.images(), batch.size(), share);
            return with(target(batch.target(), share), batch);
        }
        int x = random.nextInt(batch.width());
        int y = random.nextInt(batch.height());
        CutMix box = CutMix.around(share, x, y, batch.width(), batch.height());
        box.apply(batch.images(), batch.size());
        return with(target(batch.target(), box.share()), batch);
    }

    private static Batch with(Target target, Batch batch) {
        return new Batch(batch.images(), batch.height(), batch.width(), target);
    }

    /** The target of images that are mixed. */
    Target target(Target target, double share) {
        if (target instanceof Target.Classes single) {
            return new Target.ClassProbabilities(mixed(oneHot(single), single.size(), share), classes);
        }
        if (target instanceof Target.LabelSets sets) {
            return new Target.LabelSets(mixed(sets.values().clone(), sets.size(), share), sets.classes());
        }
        throw new IllegalArgumentException("only images with classes or label sets are mixed");
    }

    private static float[] mixed(float[] values, int images, double share) {
        MixUp.mix(FloatBuffer.wrap(values), images, share);
        return values;
    }

    private float[] oneHot(Target.Classes target) {
        float[] values = new float[target.size() * classes];
        for (int i = 0; i < target.size(); i++) {
            values[i * classes + target.labels()[i]] = 1;
        }
        return values;
    }
}
