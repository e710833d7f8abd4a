package org.elasticvision.runtime.evaluation;

import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.ClassificationMetrics;

/** Err@1 and Err@5, as published for ImageNet. */
record ClassificationEvaluator(List<ClassifiedSource> samples)
        implements Evaluator<ClassifiedSource, Classification, Integer> {

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
    public Integer truth(ClassifiedSource sample, Classification answer) {
        return sample.classIndex();
    }

    @Override
    public LabelledImage.Contents contents(ClassifiedSource sample) {
        return new LabelledImage.Contents(Set.of(sample.classIndex()), Set.of());
    }

    @Override
    public ClassificationMetrics metrics() {
        return new ClassificationMetrics();
    }

    @Override
    public Evaluation.AnsweredImage answered(ClassifiedSource sample, Classification answer, Integer truth) {
        return new Evaluation.AnsweredImage.Classified(image(sample), answer, truth);
    }

    @Override
    public ClassificationEvaluator of(List<ClassifiedSource> some) {
        return new ClassificationEvaluator(some);
    }
}
