package org.elasticvision.train.cli;

import java.util.Map;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.transform.Augmentation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How training images are varied, where it is to differ from what is usual for the data. */
final class AugmentationOptions {
    /** By what an augmentation calls them. */
    private static final Map<String, String> OPTIONS =
            Map.of("areaMin", "--crop-area", "flip", "--flip", "scaleMin", "--scale MIN", "scaleMax", "--scale MAX");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--no-augment", description = "Learn from the images as they are, without augmentation.")
    private boolean none;

    @Option(
            names = "--crop-area",
            paramLabel = "PART",
            description = "Smallest share of an image that a random crop covers (default: 0.08, as published).")
    private Double areaMin;

    @Option(
            names = "--flip",
            paramLabel = "PART",
            description = "Probability that an image is mirrored (default: 0.5); 0 where left and right matter.")
    private Double flip;

    @Option(
            names = "--scale",
            paramLabel = "MIN,MAX",
            split = ",",
            arity = "1",
            description = "Segmentation: factors between which images are resized (default: 0.5,2).")
    private double[] scale;

    /**
     * What is given here, on top of an augmentation.
     *
     * @param base of the run that goes on; of a new one what is usual for its data
     */
    Augmentation on(Task task, Augmentation base) {
        Augmentation start = none ? Augmentation.none() : base;
        refuseIdle(task, start);
        try {
            Augmentation augmentation = start;
            if (areaMin != null) {
                augmentation = augmentation.withAreaMin(areaMin);
            }
            if (flip != null) {
                augmentation = augmentation.withFlip(flip);
            }
            if (scale != null) {
                if (scale.length != 2) {
                    throw new IllegalArgumentException("--scale takes two factors, such as 0.5,2");
                }
                augmentation = augmentation.withScale(scale[0], scale[1]);
            }
            return augmentation;
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, OPTIONS);
        }
    }

    private void refuseIdle(Task task, Augmentation start) {
        switch (task) {
            case CLASSIFICATION, MULTI_LABEL ->
                Given.refuse(command, "is for segmentation, and this is " + task, "--scale");
            case SEGMENTATION ->
                Given.refuse(command, "is for classification and multilabel, and this is segmentation", "--crop-area");
        }
        if (start.crop() == Augmentation.Crop.SHIFTED) {
            String why = start.shift() == 0
                    ? "--no-augment takes images as they are"
                    : "images of IDX files are moved, not cropped";
            Given.refuse(command, "would do nothing: " + why, "--crop-area");
        }
    }
}
