package org.elasticvision.train.outcome;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.elasticvision.runtime.Classification;
import org.elasticvision.runtime.LabelSet;
import org.elasticvision.runtime.Score;
import org.elasticvision.runtime.dataset.MultiLabelTarget;
import org.elasticvision.runtime.dataset.ObjectSize;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.image.IndexImage;
import org.elasticvision.runtime.image.RgbImage;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.data.loading.LoaderOptions;
import org.elasticvision.train.report.PredictionPictures;
import org.elasticvision.train.report.Sample;
import org.elasticvision.train.settings.TrainingJob;

/** What an exported model answers for some validation images, as the network saw them, beside what is true. */
final class ValidationSamples {
    private final List<Label> labels;
    private final Preprocessing preprocessing;

    private ValidationSamples(TrainingJob job) {
        labels = job.labels();
        preprocessing = job.preprocessing();
    }

    /**
     * Asks a model about images that are spread over the classes and the whole validation data.
     *
     * @param count at most so many
     */
    static List<Sample> of(TrainingJob job, Path model, int count) {
        ValidationSamples samples = new ValidationSamples(job);
        List<Sample> result = new ArrayList<>();
        LoaderOptions one = LoaderOptions.validation(1, 1).withSkipBad(true);
        try (Loader loader = new Loader(job.validation(), one, line -> {});
                Engine engine = Engine.open(model, EngineOptions.defaults())) {
            int outputs = engine.outputShape().itemElements();
            for (int i : SpreadExamples.of(job.validation(), count)) {
                try (Epoch epoch = loader.epoch(0, i)) {
                    Batch batch = epoch.next();
                    if (batch != null) {
                        result.add(samples.sample(batch, run(engine, batch, outputs)));
                    }
                }
            }
        }
        return List.copyOf(result);
    }

    private static float[] run(Engine engine, Batch batch, int outputs) {
        FloatBuffer output = ByteBuffer.allocateDirect(outputs * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        engine.run(batch.images().duplicate(), output, 1);
        float[] logits = new float[outputs];
        output.rewind().get(logits);
        return logits;
    }

    private Sample sample(Batch batch, float[] logits) {
        RgbImage picture = picture(batch);
        if (batch.target() instanceof Target.Classes classes) {
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit);
            }
            double total = sum;
            return PredictionPictures.of(
                    picture, new Classification(scores(logits, logit -> Math.exp(logit) / total)), classes.labels()[0]);
        }
        if (batch.target() instanceof Target.LabelSets sets) {
            boolean[][] present = new boolean[ObjectSize.values().length][sets.classes()];
            for (int c = 0; c < sets.classes(); c++) {
                present[0][c] = sets.values()[c] > 0.5f;
            }
            return PredictionPictures.of(
                    picture,
                    new LabelSet(scores(logits, logit -> 1 / (1 + Math.exp(-logit)))),
                    MultiLabelTarget.of(present));
        }
        Target.Masks masks = (Target.Masks) batch.target();
        return PredictionPictures.of(
                picture,
                new IndexImage(batch.width(), batch.height(), best(logits, batch.width() * batch.height())),
                new IndexImage(batch.width(), batch.height(), masks.pixels()),
                labels);
    }

    private interface Probability {
        double of(double logit);
    }

    /** The likeliest first. */
    private List<Score> scores(float[] logits, Probability probability) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            scores.add(new Score(labels.get(i), i, logits[i], (float) probability.of(logits[i])));
        }
        scores.sort(Comparator.comparingDouble(Score::logit).reversed());
        return scores;
    }

    private static byte[] best(float[] logits, int pixels) {
        byte[] classes = new byte[pixels];
        float[] highest = Arrays.copyOf(logits, pixels);
        for (int i = pixels; i < logits.length; i++) {
            int pixel = i % pixels;
            if (logits[i] > highest[pixel]) {
                highest[pixel] = logits[i];
                classes[pixel] = (byte) (i / pixels);
            }
        }
        return classes;
    }

    /** The input as a picture: normalisation undone. */
    private RgbImage picture(Batch batch) {
        int pixels = batch.width() * batch.height();
        byte[] rgb = new byte[3 * pixels];
        for (int channel = 0; channel < 3; channel++) {
            float std = preprocessing.std().get(channel);
            float mean = preprocessing.mean().get(channel);
            for (int i = 0; i < pixels; i++) {
                float value = 255 * (batch.images().get(channel * pixels + i) * std + mean);
                rgb[3 * i + channel] = (byte) Math.round(Math.max(0, Math.min(255, value)));
            }
        }
        return new RgbImage(batch.width(), batch.height(), rgb);
    }
}
