package org.elasticvision.runtime.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.concurrent.OrderedPredictions;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.Masks;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.dataset.coco.CocoDataset;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.dataset.layout.ClassMatcher;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.TaskMetrics;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * Labelled images on which models of one task and the same classes are measured. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (Model<?> model = Model.open(file)) {
 *     Evaluation evaluation = Evaluation.of(model.info(), folder);
 *     Measures measures = evaluation.run(model, Evaluation.Options.defaults(), done -> {}).measures();
 *     System.out.printf("%s %.2f %%%n", model.info().task().scoreName(), measures.score());
 * }
 * }</pre>
 */
public final class Evaluation {
    private final Evaluator<?, ?, ?> evaluator;

    private Evaluation(Evaluator<?, ?, ?> evaluator) {
        this.evaluator = evaluator;
    }

    /**
     * How it is done.
     *
     * @param threads that ask the model at once
     * @param skipBad whether an image that cannot be decoded is counted and left out; else it ends the evaluation
     */
    public record Options(int threads, boolean skipBad) {
        public Options {
            Check.atLeast("threads", threads, 1);
        }

        /**
         * One thread, and no image is left out.
         *
         * @return the default options
         */
        public static Options defaults() {
            return new Options(1, false);
        }
    }

    /**
     * The result.
     *
     * @param measures of the images that were answered
     * @param skipped images that could not be decoded
     */
    public record Result(Measures measures, int skipped) {}

    /**
     * What was counted in a share of the images, to be put together with that of the others by {@link #result(List)}, in another process too.
     * Immutable.
     */
    public static final class Counts {
        private final double[] totals;
        private final int skipped;
        private final Optional<String> firstBad;

        /**
         * As another process has counted.
         *
         * @param totals of {@link TaskMetrics#totals()}
         * @param skipped images that could not be decoded
         * @param firstBad why the first of them could not
         */
        public Counts(double[] totals, int skipped, Optional<String> firstBad) {
            this.totals = totals.clone();
            this.skipped = skipped;
            this.firstBad = firstBad;
        }

        /** {@return of {@link TaskMetrics#totals()}} */
        public double[] totals() {
            return totals.clone();
        }

        /** {@return images that could not be decoded} */
        public int skipped() {
            return skipped;
        }

        /** {@return why the first of them could not} */
        public Optional<String> firstBad() {
            return firstBad;
        }
    }

    /** An image that a model has answered in an evaluation, and what is true of it. */
    public sealed interface AnsweredImage {
        /** {@return the image} Its name is its path, where it is a file. */
        ImageSource image();

        /**
         * One class.
         *
         * @param image the image
         * @param answer the model's answer
         * @param truth index of the image's class
         */
        record Classified(ImageSource image, Classification answer, int truth) implements AnsweredImage {}

        /**
         * A set of classes.
         *
         * @param image the image
         * @param answer the model's answer
         * @param truth the classes that are present
         */
        record Labelled(ImageSource image, LabelSet answer, MultiLabelTarget truth) implements AnsweredImage {}

        /**
         * A class for each pixel.
         *
         * @param image the image
         * @param answer the model's answer
         * @param truth of the answer's size; 255 is void
         */
        record Segmented(ImageSource image, Segmentation answer, IndexImage truth) implements AnsweredImage {}
    }

    /** Receives progress. */
    @FunctionalInterface
    public interface Progress {
        /**
         * An image is done; {@code done} of them so far.
         *
         * @param done how many so far
         */
        void image(int done);
    }

    /**
     * Lists the part of a data set that models are measured on.
     *
     * @param info of the model: its task and labels
     * @param folder laid out as the task has it: {@link ImageFolder} or {@link IdxImages}, {@link CocoDataset} or
     *     {@link VocSegmentation}
     * @return the labelled images
     * @throws DatasetException if something is missing, damaged or of no known class
     */
    public static Evaluation of(ModelInfo info, Path folder) {
        return of(info, folder, DatasetOptions.defaults());
    }

    /**
     * Lists the part of a data set that models are measured on.
     *
     * @param info of the model: its task and labels
     * @param folder as for {@link #of(ModelInfo, Path)}
     * @param options how its classes are paired with the model's
     * @return the labelled images
     * @throws DatasetException if something is missing, damaged or of no known class
     */
    public static Evaluation of(ModelInfo info, Path folder, DatasetOptions options) {
        List<Label> labels = info.labels();
        return switch (info.task()) {
            case CLASSIFICATION ->
                new Evaluation(new ClassificationEvaluator(ClassifiedSource.read(folder, labels, options)));
            case MULTI_LABEL -> multiLabel(CocoDataset.read(folder, labels, options), labels);
            case SEGMENTATION -> segmentation(folder, labels, options);
        };
    }

    private static Evaluation segmentation(Path folder, List<Label> labels, DatasetOptions options) {
        int classes = labels.size();
        if (classes > SegmentationMetrics.VOID) {
            throw new DatasetException(
                    "the model has " + classes + " classes, and a mask tells " + SegmentationMetrics.VOID + " apart ("
                            + SegmentationMetrics.VOID + " is void); it cannot be measured on masks");
        }
        List<SegmentedImage> images = VocSegmentation.read(folder);
        Masks.requireObjects(images);
        Optional<int[]> paired = ClassMatcher.matchNumbers(VocSegmentation.root(folder), labels, options);
        return new Evaluation(new SegmentationEvaluator(images, classes, paired));
    }

    /**
     * MSCOCO in two parts.
     *
     * @param files annotations and images
     * @param labels in class order
     * @param options how its categories are paired with the labels
     * @return the labelled images
     * @throws DatasetException if something is missing, damaged or of no known class
     */
    public static Evaluation multiLabel(CocoFiles files, List<Label> labels, DatasetOptions options) {
        return multiLabel(CocoDataset.read(files, labels, options), labels);
    }

    private static Evaluation multiLabel(List<MultiLabelImage> samples, List<Label> labels) {
        return new Evaluation(new MultiLabelEvaluator(samples, labels.size()));
    }

    /**
     * {@return the first images only}
     *
     * @param images how many at most
     */
    public Evaluation limitedTo(int images) {
        return new Evaluation(evaluator.some(0, 1, Math.min(images, size())));
    }

    /**
     * {@return one of several shares that have all images together, and none twice}
     *
     * @param index of the share, from 0
     * @param shares how many there are
     */
    public Evaluation share(int index, int shares) {
        return new Evaluation(evaluator.some(Objects.checkIndex(index, shares), shares, size()));
    }

    /** {@return its images, in their order, each with what is in it} */
    public List<LabelledImage> images() {
        return evaluator.labelled();
    }

    /** {@return number of images} */
    public int size() {
        return evaluator.samples().size();
    }

    /**
     * Looks how many images are turned by EXIF, and whether masks belong to the view that a model gets.
     *
     * @param orientation of the model that is measured, {@link Model#orientation()}
     * @return how many are turned
     * @throws DatasetException if a mask belongs to the other view
     */
    public TurnedImages turned(Orientation orientation) {
        return evaluator.turned(orientation);
    }

    /**
     * Asks a model about all images.
     *
     * @param model best opened with one thread per call and {@link
     *     org.elasticvision.runtime.ModelOptions#asPublished()}: it then sees images as it was trained on them, and where its
     *     file does not say how, as they are stored, as the published code measures
     * @param options how it is done
     * @param progress is called for each image
     * @return the measures
     * @throws ImageException for an image that cannot be decoded, if none is to be skipped
     * @throws DatasetException for a mask that cannot be used
     * @throws ElasticVisionException if no image can be decoded
     */
    public Result run(Model<?> model, Options options, Progress progress) {
        return result(List.of(count(model, options, progress)));
    }

    /**
     * Asks a model about all images of a {@linkplain #share share}.
     *
     * @param model as for {@link #run}
     * @param options how it is done
     * @param progress is called for each image
     * @return what was counted
     * @throws ImageException for an image that cannot be decoded, if none is to be skipped
     * @throws DatasetException for a mask that cannot be used
     */
    public Counts count(Model<?> model, Options options, Progress progress) {
        return count(model, options, progress, image -> {});
    }

    /**
     * Asks a model about all images of a {@linkplain #share share}, each answer to be seen.
     *
     * @param model as for {@link #run}
     * @param options how it is done
     * @param progress is called for each image
     * @param observer gets each image that was answered, in the order of the images, in the calling thread
     * @return what was counted
     * @throws ImageException for an image that cannot be decoded, if none is to be skipped
     * @throws DatasetException for a mask that cannot be used
     */
    public Counts count(Model<?> model, Options options, Progress progress, Consumer<? super AnsweredImage> observer) {
        return new Run<>(evaluator, options, progress, observer).of(model);
    }

    /**
     * {@return the result of all shares, the same whatever their number but for the last digits of sums}
     *
     * @param shares what was counted in each, of this evaluation
     * @throws ElasticVisionException if no image can be decoded
     */
    public Result result(List<Counts> shares) {
        int skipped = shares.stream().mapToInt(Counts::skipped).sum();
        if (skipped > 0 && skipped == size()) {
            throw new ElasticVisionException("none of the " + skipped + " images can be decoded, the first because "
                    + shares.stream()
                            .flatMap(share -> share.firstBad().stream())
                            .findFirst()
                            .orElseThrow());
        }
        TaskMetrics<?, ?> metrics = evaluator.metrics();
        shares.forEach(share -> metrics.merge(share.totals()));
        return new Result(metrics.result(), skipped);
    }

    /** One evaluation of one model; what is counted is its own. */
    private static final class Run<S, A extends Prediction, T> {
        private final Evaluator<S, A, T> evaluator;
        private final Options options;
        private final Progress progress;
        private final Consumer<? super AnsweredImage> observer;
        private final TaskMetrics<A, T> metrics;
        private final List<ImageException> skipped = new ArrayList<>();
        private int done;

        Run(
                Evaluator<S, A, T> evaluator,
                Options options,
                Progress progress,
                Consumer<? super AnsweredImage> observer) {
            this.evaluator = evaluator;
            this.options = options;
            this.progress = progress;
            this.observer = observer;
            this.metrics = evaluator.metrics();
        }

        @SuppressWarnings("unchecked") // the evaluator was chosen by the task of the model
        Counts of(Model<?> model) {
            OrderedPredictions.forEach(
                    options.threads(),
                    (Model<A>) model,
                    evaluator.samples(),
                    evaluator::image,
                    this::compare,
                    counting -> {
                        counting.run();
                        progress.image(++done);
                    });
            return new Counts(
                    metrics.totals(),
                    skipped.size(),
                    skipped.stream().findFirst().map(ImageException::getMessage));
        }

        /** Reads the truth; the counting is left to the thread that may do it. */
        private Runnable compare(S sample, Outcome<A> outcome) {
            if (outcome instanceof Outcome.Answered<A> answered) {
                A answer = answered.answer();
                T truth = evaluator.truth(sample, answer);
                return () -> {
                    evaluator.add(metrics, sample, answer, truth);
                    observer.accept(evaluator.answered(sample, answer, truth));
                };
            }
            ImageException bad = ((Outcome.Failed<A>) outcome).badImage();
            if (!options.skipBad()) {
                throw bad;
            }
            return () -> skipped.add(bad);
        }
    }
}
