package org.elasticvision.runtime.evaluation;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.Classification;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.Measures;

/** Err@1 and Err@5, as published for ImageNet. */
record ClassificationJudge(List<ClassifiedImage> samples, ClassificationMetrics metrics)
        implements Judge<ClassifiedImage> {

    @Override
    public Path image(ClassifiedImage sample) {
        return sample.image();
    }

    @Override
    public Runnable judge(ClassifiedImage sample, Prediction answer) {
        float[] logits = ClassOrder.logits(((Classification) answer).ranking());
        return () -> metrics.add(logits, sample.classIndex());
    }

    @Override
    public Measures measures() {
        return metrics.result();
    }

    @Override
    public Judge<ClassifiedImage> limitedTo(int count) {
        return new ClassificationJudge(samples.subList(0, count), new ClassificationMetrics());
    }
}
