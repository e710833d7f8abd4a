package org.elasticvision.runtime.evaluation;

import java.util.List;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.Segmentation;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.SegmentationMetrics;

/**
 * Intersection over union, as published for PASCAL VOC.
 *
 * <p>The published code pads image and mask to the network's input and gives the mask's border a value that counts
 * nowhere; comparing at the size of the image, border cut off, is the same. It has no rule for images larger than the
 * input: here these are shrunk for the network and the answer is enlarged again.
 */
record SegmentationJudge(List<SegmentedImage> samples, int classes, SegmentationMetrics metrics)
        implements Judge<SegmentedImage> {

    @Override
    public ImageSource image(SegmentedImage sample) {
        return ImageSource.of(sample.image());
    }

    @Override
    public TurnedImages turned(Orientation orientation) {
        return MaskViews.check(samples, orientation);
    }

    @Override
    public Runnable judge(SegmentedImage sample, Prediction answer) {
        Segmentation segmentation = (Segmentation) answer;
        IndexImage mask = PngFiles.readIndices(sample.mask());
        MaskViews.requireSameSize(sample, segmentation.width(), segmentation.height(), mask.width(), mask.height());
        return () -> add(sample, segmentation, mask);
    }

    private void add(SegmentedImage sample, Segmentation segmentation, IndexImage mask) {
        try {
            metrics.add(segmentation.classMap(), mask.indices());
        } catch (DatasetException e) {
            throw new DatasetException(sample.mask() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Measures measures() {
        return metrics.result();
    }

    @Override
    public Judge<SegmentedImage> limitedTo(int count) {
        return new SegmentationJudge(samples.subList(0, count), classes, new SegmentationMetrics(classes));
    }
}
