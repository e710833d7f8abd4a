package org.elasticvision.convert.quantize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.io.TemporaryFolder;

/**
 * Leaves the layers that hurt most in float until a model loses no more than it may. How much a layer hurts is measured: the
 * network is run with that layer alone in 8 bits.
 */
public final class AutoQuantization {
    private static final ModelOptions AS_PUBLISHED = ModelOptions.defaults().asPublished();

    private final Quantization quantization;
    private final Calibration calibration;
    private final QuantizationOptions options;
    private final ToDoubleFunction<Path> score;
    private final Listener listener;

    /**
     * Prepares it.
     *
     * @param quantization of the float32 model
     * @param calibration what was measured
     * @param options how it is done
     * @param score measures a model on labelled data, in percent; larger is better
     * @param listener receives progress
     */
    public AutoQuantization(
            Quantization quantization,
            Calibration calibration,
            QuantizationOptions options,
            ToDoubleFunction<Path> score,
            Listener listener) {
        this.quantization = quantization;
        this.calibration = calibration;
        this.options = options;
        this.score = score;
        this.listener = listener;
    }

    /** Receives progress. */
    public interface Listener {
        /**
         * A model with so many layers in float has this score.
         *
         * @param inFloat layers in float
         * @param score the measure on the labelled data
         */
        void tried(int inFloat, double score);

        /**
         * The {@code done}-th of so many layers has been measured.
         *
         * @param done how many so far
         * @param layers how many there are
         */
        void measured(int done, int layers);
    }

    /**
     * The result.
     *
     * @param reference the score in float32
     * @param score of the model that was written
     * @param inFloat the layers that stay in float, those that hurt most first; empty where none has to
     * @param layers the names of those in 8 bits
     */
    public record Result(double reference, double score, List<LayerLoss> inFloat, List<String> layers) {}

    /**
     * Quantizes.
     *
     * @param output written at the end, with the fewest of the layers that were tried in float
     * @param mostLost percentage points that may be lost
     * @param images to measure layers with
     * @return what was found
     * @throws ElasticVisionException if too much is lost even with half of the layers in float
     */
    public Result run(Path output, double mostLost, List<ImageSource> images) {
        double reference = score.applyAsDouble(quantization.file());
        try (TemporaryFolder folder = TemporaryFolder.create("auto")) {
            Result result = new Search(folder.resolve("candidate.onnx"), reference, mostLost).run(images);
            quantization.write(output, calibration, excluding(result.inFloat()));
            return result;
        }
    }

    /** One search for the fewest layers. */
    private final class Search {
        private final Path candidate;
        private final double reference;
        private final double mostLost;

        Search(Path candidate, double reference, double mostLost) {
            this.candidate = candidate;
            this.reference = reference;
            this.mostLost = mostLost;
        }

        Result run(List<ImageSource> images) {
            Result all = tried(List.of());
            return isGood(all) ? all : search(losses(all.layers(), images), all);
        }

        private Result search(List<LayerLoss> losses, Result all) {
            Result last = all;
            for (int inFloat = 1; inFloat <= losses.size() / 2; inFloat *= 2) {
                last = tried(losses.subList(0, inFloat));
                if (isGood(last)) {
                    return fewer(losses, last);
                }
            }
            throw new ElasticVisionException(String.format(
                    Locale.ROOT,
                    "int8 loses %.2f points even with %d of %d layers in float; allow more with --max-drop, calibrate with"
                            + " more images, or stay with fp16",
                    reference - last.score(),
                    last.inFloat().size(),
                    losses.size()));
        }

        /** Between half of the layers, which were too few, and these there may be a smaller number. */
        private Result fewer(List<LayerLoss> losses, Result enough) {
            Result best = enough;
            int tooFew = enough.inFloat().size() / 2;
            while (best.inFloat().size() - tooFew > 1) {
                int middle = (tooFew + best.inFloat().size()) / 2;
                Result result = tried(losses.subList(0, middle));
                if (isGood(result)) {
                    best = result;
                } else {
                    tooFew = middle;
                }
            }
            return best;
        }

        private Result tried(List<LayerLoss> inFloat) {
            List<String> layers = quantization.write(candidate, calibration, excluding(inFloat));
            Result result = new Result(reference, score.applyAsDouble(candidate), List.copyOf(inFloat), layers);
            listener.tried(inFloat.size(), result.score());
            return result;
        }

        private boolean isGood(Result result) {
            return reference - result.score() <= mostLost;
        }

        /** What each layer loses by itself, the worst first. */
        private List<LayerLoss> losses(List<String> layers, List<ImageSource> images) {
            List<LayerLoss> losses = new ArrayList<>();
            try (Model<?> expected = Model.open(quantization.file(), AS_PUBLISHED)) {
                for (String layer : layers) {
                    List<String> others = layers.stream()
                            .filter(other -> !other.equals(layer))
                            .toList();
                    quantization.write(
                            candidate,
                            calibration,
                            options.withExclusion(options.exclusion().with(others)));
                    losses.add(new LayerLoss(layer, signalToNoise(expected, images)));
                    listener.measured(losses.size(), layers.size());
                }
            }
            losses.sort(Comparator.comparingDouble(LayerLoss::signalToNoise));
            return losses;
        }

        private double signalToNoise(Model<?> expected, List<ImageSource> images) {
            try (Model<?> actual = Model.open(candidate, AS_PUBLISHED)) {
                ModelComparison comparison = new ModelComparison(expected, actual);
                images.forEach(comparison::add);
                return comparison.agreement().signalToNoise();
            }
        }
    }

    private QuantizationOptions excluding(List<LayerLoss> worst) {
        return options.withExclusion(
                options.exclusion().with(worst.stream().map(LayerLoss::layer).toList()));
    }
}
