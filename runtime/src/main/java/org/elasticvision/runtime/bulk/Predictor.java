package org.elasticvision.runtime.bulk;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.elasticvision.runtime.Classification;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.LabelSet;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.MultiLabelClassifier;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.Segmentation;
import org.elasticvision.runtime.Segmenter;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.image.ImageSource;

/**
 * What answers about images, some at a time: a model, or a function of the caller's own. It owns nothing; the model stays
 * its opener's, who closes it after the last call.
 *
 * @param <A> the answer about one image
 */
public interface Predictor<A> {

    /** {@return how many images are best asked about at a time; at least 1} */
    int batch();

    /**
     * Answers about images, in their order. Called by several threads at once.
     *
     * @param images at most {@link #batch()}, and at least one
     * @return as many answers as there are images
     */
    List<? extends A> predict(List<ImageSource> images);

    /**
     * {@return a predictor that asks it}
     *
     * @param model open until the last call
     */
    static Predictor<Classification> of(Classifier model) {
        return of(model.batch(), model::predict);
    }

    /**
     * {@return a predictor that asks it}
     *
     * @param model open until the last call
     */
    static Predictor<LabelSet> of(MultiLabelClassifier model) {
        return of(model.batch(), model::predict);
    }

    /**
     * {@return a predictor that asks it}
     *
     * @param model open until the last call
     */
    static Predictor<Segmentation> of(Segmenter model) {
        return of(model.batch(), model::predict);
    }

    /**
     * For a model of any task.
     *
     * @param model an open model
     * @return a predictor that asks it
     */
    static Predictor<Prediction> of(Model model) {
        return of(model.batch(), model::predict);
    }

    /**
     * Calls a function.
     *
     * @param <A> the answer about one image
     * @param batch how many images it is best asked about at a time, at least 1
     * @param function safe for use by several threads; returns one answer for each image, in order
     * @return a predictor that calls it
     */
    static <A> Predictor<A> of(int batch, Function<? super List<ImageSource>, ? extends List<? extends A>> function) {
        Objects.requireNonNull(function, "function");
        Check.atLeast("batch", batch, 1);
        return new Predictor<>() {
            @Override
            public int batch() {
                return batch;
            }

            @Override
            public List<? extends A> predict(List<ImageSource> images) {
                return function.apply(images);
            }
        };
    }
}
