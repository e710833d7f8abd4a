package org.elasticvision.runtime.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

/**
 * Intersection over union, as published for PASCAL VOC; see {@link SegmentationMetrics} for the size at which.
 *
 * @param classes of the model
 * @param paired the model's class for each value of a mask; empty where they are the model's own
 */
record SegmentationEvaluator(List<SegmentedImage> samples, int classes, Optional<int[]> paired)
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
        IndexImage mask = mask(sample);
        MaskViews.requireSameSize(sample, answer.width(), answer.height(), mask.width(), mask.height());
        return mask;
    }

    /** With the model's classes as its values. */
    private IndexImage mask(SegmentedImage sample) {
        IndexImage mask = PngFiles.readIndices(sample.mask());
        if (paired.isEmpty()) {
            return mask;
        }
        int[] indices = paired.get();
        byte[] values = mask.indices();
        for (int i = 0; i < values.length; i++) {
            int value = values[i] & 0xFF;
            if (value < indices.length) {
                values[i] = (byte) indices[value];
            } else if (value != SegmentationMetrics.VOID) {
                throw new DatasetException(sample.mask() + ": has the value " + value + ", and labels.txt names "
                        + indices.length + " classes; " + SegmentationMetrics.VOID + " is void");
            }
        }
        return mask;
    }

    /** A value of the mask that is not a class says nothing, as void does; measuring says what is wrong with it. */
    @Override
    public LabelledImage.Contents contents(SegmentedImage sample) {
        Set<Integer> present = new HashSet<>();
        for (byte index : mask(sample).indices()) {
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
        return new SegmentationEvaluator(some, classes, paired);
    }
}
