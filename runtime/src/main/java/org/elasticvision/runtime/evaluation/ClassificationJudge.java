package org.elasticvision.runtime.evaluation;

import java.util.List;
import org.elasticvision.runtime.Classification;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.Measures;

/** Err@1 and Err@5, as published for ImageNet. */
record ClassificationJudge(List<ClassifiedSource> samples, ClassificationMetrics metrics)
        implements Judge<ClassifiedSource> {

    @Override
    public ImageSource image(ClassifiedSource sample) {
        return sample.source();
    }

    @Override
    public TurnedImages turned(Orientation orientation) {
        return TurnedImages.among(
                samples.stream().flatMap(sample -> sample.file().stream()).toList());
    }

    @Override
    public Runnable judge(ClassifiedSource sample, Prediction answer) {
        float[] logits = ClassOrder.logits(((Classification) answer).ranking());
        return () -> metrics.add(logits, sample.classIndex());
    }

    @Override
    public Measures measures() {
        return metrics.result();
    }

    @Override
    public Judge<ClassifiedSource> limitedTo(int count) {
        return new ClassificationJudge(samples.subList(0, count), new ClassificationMetrics());
    }
}
