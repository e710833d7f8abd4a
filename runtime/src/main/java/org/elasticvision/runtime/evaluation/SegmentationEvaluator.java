package org.elasticvision.runtime.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.TaskMetrics;

/** Intersection over union, as published for PASCAL VOC; see {@link SegmentationMetrics} for the size at which. */
record SegmentationEvaluator(List<SegmentedImage> samples, int classes)
        implements Evaluator<SegmentedImage, Segmentation, IndexImage> {

    @Override
    public ImageSource image(SegmentedImage sample) {
        return ImageSource.of(sample.image());
    }

    @Override
    public TurnedImages turned(Orientation orientation) {
        return MaskViews.check(samples, orientation);
    }

    @Override
    public IndexImage truth(SegmentedImage sample, Segmentation answer) {
        IndexImage mask = PngFiles.readIndices(sample.mask());
        MaskViews.requireSameSize(sample, answer.width(), answer.height(), mask.width(), mask.height());
        return mask;
    }

    /** A value of the mask that is not a class says nothing, as void does; measuring says what is wrong with it. */
    @Override
    public LabelledImage.Contents contents(SegmentedImage sample) {
        Set<Integer> present = new HashSet<>();
        for (byte index : PngFiles.readIndices(sample.mask()).indices()) {
            present.add(index & 0xFF);
        }
        present.removeIf(index -> index >= classes);
        return new LabelledImage.Contents(present, Set.of());
    }

    @Override
    public SegmentationMetrics metrics() {
        return new SegmentationMetrics(classes);
    }

    @Override
    public void add(
            TaskMetrics<Segmentation, IndexImage> metrics,
            SegmentedImage sample,
            Segmentation answer,
            IndexImage mask) {
        try {
            metrics.add(answer, mask);
        } catch (DatasetException e) {
            throw new DatasetException(sample.mask() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Evaluation.AnsweredImage answered(SegmentedImage sample, Segmentation answer, IndexImage truth) {
        return new Evaluation.AnsweredImage.Segmented(image(sample), answer, truth);
    }

    @Override
    public SegmentationEvaluator of(List<SegmentedImage> some) {
        return new SegmentationEvaluator(some, classes);
    }
}
