package org.elasticvision.runtime.evaluation;

import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.IndexImage;

/** An image that a model has answered in an evaluation, and what is true of it. */
public sealed interface AnsweredImage {
    /** {@return the image} Its name is its path, where it is a file. */
    ImageSource image();

    /**
     * One class.
     *
     * @param image the image
     * @param answer the model's answer
     * @param truth index of the image's class
     */
    record Classified(ImageSource image, Classification answer, int truth) implements AnsweredImage {}

    /**
     * A set of classes.
     *
     * @param image the image
     * @param answer the model's answer
     * @param truth the classes that are present
     */
    record Labelled(ImageSource image, LabelSet answer, MultiLabelTarget truth) implements AnsweredImage {}

    /**
     * A class for each pixel.
     *
     * @param image the image
     * @param answer the model's answer
     * @param truth of the answer's size; 255 is void
     */
    record Segmented(ImageSource image, Segmentation answer, IndexImage truth) implements AnsweredImage {}
}
