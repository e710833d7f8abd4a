package org.elasticvision.train.proposal;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Recipe;

/**
 * A network and a recipe for data of which nothing is known but what {@link DataFacts} counts: a beginning that learns something in
 * reasonable time, not the best there is. Of the published recipe of the task it keeps what is not named here.
 *
 * @param architecture that of the weights to start from; without weights a small one, on a GPU with many images a large one
 * @param input size; empty where the images' own size is the network's
 * @param batchSize about a sixth of the images, a power of two, not more than the device takes at once
 * @param learningRate the published one times the root of the batch's ratio to the published batch
 * @param epochs the fewer the more images there are; the schedule is half a cosine
 * @param warmupEpochs a twentieth of them
 * @param cropArea smallest share of an image that a random crop covers; empty as published. The published 8 % are for millions of images: of
 *     few, a small network learns little from such parts
 * @param emaDecay of a moving average of the weights, with warm-up, which after few updates of few images is steadier than the weights
 *     themselves; empty for none
 */
public record Proposal(
        Architecture architecture,
        Optional<InputSize> input,
        int batchSize,
        double learningRate,
        int epochs,
        int warmupEpochs,
        OptionalDouble cropArea,
        OptionalDouble emaDecay) {
    /**
     * What the user has decided.
     *
     * @param batchSize images per update
     * @param epochs of the run
     */
    public record Decided(OptionalInt batchSize, OptionalInt epochs) {
        /** {@return nothing} */
        public static Decided nothing() {
            return new Decided(OptionalInt.empty(), OptionalInt.empty());
        }
    }

    /** From here on a GPU is given a large network without weights to start from. */
    private static final int MANY_IMAGES = 5000;

    /** Images, repetitions counted, from which a network without weights has learned what few images show. */
    private static final int VIEWS_FROM_SCRATCH = 6000;

    private static final int MOST_EPOCHS_OF_FEW = 120;

    private static final String SMALL = "resnext_tiny_elastic";
    private static final String LARGE = "resnext50_elastic";
    private static final int[] SMALL_SIDES = {128, 96, 64, 48, 32};
    private static final int SMALLEST_SIDE = 32;
    /** Of the published crops for segmentation, which is 1 more than a multiple of 32. */
    private static final int LARGEST_CROP = 513;

    /**
     * {@return what to begin with}
     *
     * @param facts of the data
     * @param start architecture of the weights to start from; empty without weights
     * @param gpu whether a GPU computes
     * @param ranks processes that share a batch
     * @param given what the user has decided, which the rest goes by
     */
    public static Proposal of(DataFacts facts, Optional<Architecture> start, boolean gpu, int ranks, Decided given) {
        boolean isLarge = gpu && facts.images() >= MANY_IMAGES;
        Architecture architecture = start.orElseGet(() -> Architecture.of(isLarge ? LARGE : SMALL));
        Recipe published = Recipe.published(facts.task(), architecture);
        int batch = given.batchSize().orElseGet(() -> batch(facts, gpu, ranks));
        int epochs = given.epochs().orElseGet(() -> epochs(facts, gpu, start.isPresent(), published));
        return new Proposal(
                architecture,
                input(facts, architecture, gpu),
                batch,
                learningRate(facts.task(), published, batch, start.isPresent(), isLarge),
                epochs,
                epochs < 2 ? 0 : Math.max(1, epochs / 20),
                cropArea(facts),
                facts.images() < MANY_IMAGES ? OptionalDouble.of(0.98) : OptionalDouble.empty());
    }

    private static OptionalDouble cropArea(DataFacts facts) {
        boolean hasCrops = facts.task() != Task.SEGMENTATION && facts.fixed().isEmpty();
        return hasCrops && facts.images() < MANY_IMAGES ? OptionalDouble.of(0.7) : OptionalDouble.empty();
    }

    /** {@return why this architecture and size, in words for the user} */
    public String reason(DataFacts facts, boolean hasWeights, boolean gpu) {
        String network = hasWeights
                ? "the network of the weights to start from"
                : architecture.id().equals(LARGE)
                        ? "a large network, as there are a GPU and many images"
                        : "a small network, which learns from scratch " + (gpu ? "from few images" : "on a CPU");
        return facts.task() == Task.SEGMENTATION ? network + ", and crops of about the images' size" : network;
    }

    private static Optional<InputSize> input(DataFacts facts, Architecture architecture, boolean gpu) {
        if (facts.fixed().isPresent()) {
            return Optional.empty();
        }
        if (facts.task() == Task.SEGMENTATION) { // whole images are shrunk to it when they are measured
            int side = (Math.max(SMALLEST_SIDE, facts.longSide()) + 7) / 8 * 8;
            return square(facts.longSide() == 0 || side > LARGEST_CROP ? LARGEST_CROP : side);
        }
        if (architecture.inputSize(facts.task()).isPresent()) {
            return square(architecture.inputSize(facts.task()).getAsInt());
        }
        int most = gpu ? 128 : 64;
        for (int side : SMALL_SIDES) {
            if (side <= most && (side <= facts.shortSide() || facts.shortSide() == 0)) {
                return square(side);
            }
        }
        return square(SMALLEST_SIDE);
    }

    private static Optional<InputSize> square(int side) {
        return Optional.of(new InputSize(side, side));
    }

    private static int batch(DataFacts facts, boolean gpu, int ranks) {
        int most =
                switch (facts.task()) {
                    case CLASSIFICATION, MULTI_LABEL -> gpu ? 64 : 32;
                    case SEGMENTATION -> gpu ? 16 : 8;
                };
        int batch = 2; // of one image BatchNorm has no variance
        while (2 * batch <= most && 2 * batch <= facts.images() / 6) {
            batch *= 2;
        }
        return (batch + ranks - 1) / ranks * ranks;
    }

    private static double learningRate(Task task, Recipe published, int batch, boolean hasWeights, boolean isLarge) {
        double rate = published.learningRate() * Math.sqrt((double) batch / published.batchSize());
        double factor =
                switch (task) {
                    case CLASSIFICATION -> hasWeights ? 0.2 : isLarge ? 1 : 2.5; // published from scratch
                    case MULTI_LABEL -> hasWeights ? 1 : 5; // published from weights of ImageNet
                    case SEGMENTATION -> hasWeights ? 1 : 10; // the same
                };
        return twoDigits(rate * factor);
    }

    private static double twoDigits(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Double.parseDouble(String.format(Locale.ROOT, "%.6g", Math.rint(value / unit) * unit));
    }

    private static int epochs(DataFacts facts, boolean gpu, boolean hasWeights, Recipe published) {
        double fewer = Math.pow(facts.images(), -0.25);
        long all = gpu ? clamp(400 * fewer, 30, published.epochs()) : clamp(100 * fewer, 5, 40);
        if (hasWeights) {
            return (int) Math.max(5, all / 2);
        }
        return (int) Math.max(all, Math.min(MOST_EPOCHS_OF_FEW, VIEWS_FROM_SCRATCH / Math.max(1, facts.images())));
    }

    private static long clamp(double value, long least, long most) {
        return Math.min(most, Math.max(least, Math.round(value)));
    }
}
