package org.elasticvision.train.outcome;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
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
        } catch (ArithmeticException e) {
            throw new ModelException(model + " answered with values that are not numbers", e);
        }
        return List.copyOf(result);
    }

    private static FloatBuffer run(Engine engine, Batch batch, int outputs) {
        FloatBuffer output = DirectBuffers.floats(outputs);
        engine.run(batch.images().duplicate(), output, 1);
        return output.rewind();
    }

    private Sample sample(Batch batch, FloatBuffer logits) {
        RgbImage picture = picture(batch);
        if (batch.target() instanceof Target.Classes classes) {
            return PredictionPictures.of(picture, Classification.of(logits, labels), classes.labels()[0]);
        }
        if (batch.target() instanceof Target.LabelSets sets) {
            return PredictionPictures.of(picture, LabelSet.of(logits, labels), sets.truth(0));
        }
        Target.Masks masks = (Target.Masks) batch.target();
        Framing seen = Framing.whole(batch.width(), batch.height());
        return PredictionPictures.of(
                picture,
                Segmentation.of(logits, seen, labels),
                new IndexImage(batch.width(), batch.height(), masks.pixels()));
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
