package org.elasticvision.runtime.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;

/** Precision, recall and F per class and overall, and recall by object size, as published for MSCOCO. */
record MultiLabelEvaluator(List<MultiLabelImage> samples, int classes)
        implements Evaluator<MultiLabelImage, LabelSet, MultiLabelTarget> {

    @Override
    public ImageSource image(MultiLabelImage sample) {
        return ImageSource.of(sample.image());
    }

    @Override
    public TurnedImages turned(Orientation orientation) {
        return TurnedImages.among(samples.stream().map(MultiLabelImage::image).toList());
    }

    @Override
    public MultiLabelTarget truth(MultiLabelImage sample, LabelSet answer) {
        return sample.target();
    }

    @Override
    public LabelledImage.Contents contents(MultiLabelImage sample) {
        MultiLabelTarget target = sample.target();
        Set<Integer> present =
                IntStream.range(0, classes).filter(target::isPresent).boxed().collect(Collectors.toSet());
        Set<ObjectSize> sizes = Arrays.stream(ObjectSize.values())
                .filter(size -> present.stream().anyMatch(index -> target.isPresent(index, size)))
                .collect(Collectors.toSet());
        return new LabelledImage.Contents(present, sizes);
    }

    @Override
    public MultiLabelMetrics metrics() {
        return new MultiLabelMetrics(classes);
    }

    @Override
    public Evaluation.AnsweredImage answered(MultiLabelImage sample, LabelSet answer, MultiLabelTarget truth) {
        return new Evaluation.AnsweredImage.Labelled(image(sample), answer, truth);
    }

    @Override
    public MultiLabelEvaluator of(List<MultiLabelImage> some) {
        return new MultiLabelEvaluator(some, classes);
    }
}
