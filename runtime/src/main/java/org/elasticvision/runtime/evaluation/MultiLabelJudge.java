package org.elasticvision.runtime.evaluation;

import java.util.List;
import org.elasticvision.runtime.LabelSet;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.dataset.MultiLabelImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;

/** Precision, recall and F per class and overall, and recall by object size, as published for MSCOCO. */
record MultiLabelJudge(List<MultiLabelImage> samples, int classes, MultiLabelMetrics metrics)
        implements Judge<MultiLabelImage> {

    @Override
    public ImageSource image(MultiLabelImage sample) {
        return ImageSource.of(sample.image());
    }

    @Override
    public TurnedImages turned(Orientation orientation) {
        return TurnedImages.among(samples.stream().map(MultiLabelImage::image).toList());
    }

    @Override
    public Runnable judge(MultiLabelImage sample, Prediction answer) {
        float[] logits = ClassOrder.logits(((LabelSet) answer).scores());
        return () -> metrics.add(logits, sample.target());
    }

    @Override
    public Measures measures() {
        return metrics.result();
    }

    @Override
    public Judge<MultiLabelImage> limitedTo(int count) {
        return new MultiLabelJudge(samples.subList(0, count), classes, new MultiLabelMetrics(classes));
    }
}
