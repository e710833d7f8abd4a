package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.Classification;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.ClassificationResult;

/** Err@1 and Err@5, as published for ImageNet. */
record ClassificationEvaluation(List<ClassifiedImage> samples, ClassificationMetrics metrics)
        implements Evaluation<ClassifiedImage> {

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
    public void print(PrintWriter out) {
        ClassificationResult result = metrics.result();
        out.printf(Locale.ROOT, "Err@1          %6.2f %%%n", result.error1());
        out.printf(Locale.ROOT, "Err@5          %6.2f %%%n", result.error5());
        out.printf(Locale.ROOT, "Cross entropy  %6.4f%n", result.crossEntropy());
    }

    @Override
    public void addTo(JsonObject object) {
        ClassificationResult result = metrics.result();
        object.addProperty("err1", result.error1());
        object.addProperty("err5", result.error5());
        object.addProperty("crossEntropy", result.crossEntropy());
    }
}
