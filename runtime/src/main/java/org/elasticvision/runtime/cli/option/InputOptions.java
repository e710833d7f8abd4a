package org.elasticvision.runtime.cli.option;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --resize} and {@code --crop}: another cut-out of each image than the model file says. */
public final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--resize",
            paramLabel = "N",
            description = "Resize the short side to N before the crop (default: as the model file says).")
    private Integer resize;

    @Option(
            names = "--crop",
            paramLabel = "N|HxW",
            description =
                    "Crop the centre to the network's input size, which this must be, whatever the model file says.")
    private String crop;

    /** The model's preprocessing with these options, which may be wrong for it. */
    public Preprocessing apply(Preprocessing own) {
        if (resize == null && crop == null) {
            return own;
        }
        boolean crops = own.fit() == Preprocessing.Fit.RESIZE_AND_CROP;
        if (own.fit() == Preprocessing.Fit.PAD) {
            throw wrong("--resize and --crop are for classifiers, segmentation keeps the size; leave it out");
        }
        if (crop == null && !crops) {
            throw wrong("--resize: this model stretches its images; leave it out, or give --crop too");
        }
        checkCrop(own);
        Preprocessing usual = Preprocessing.published(Task.CLASSIFICATION, own.height(), own.width());
        int shortSide = resize != null ? resize : (crops ? own : usual).resize();
        if (shortSide > InputSize.MAX) {
            throw wrong("--resize: " + shortSide + " must be at most " + InputSize.MAX);
        }
        try {
            return new Preprocessing(
                    usual.fit(),
                    shortSide,
                    own.height(),
                    own.width(),
                    own.interpolation(),
                    own.mean(),
                    own.std(),
                    own.view());
        } catch (IllegalArgumentException e) {
            throw wrong("--resize: " + e.getMessage());
        }
    }

    private void checkCrop(Preprocessing own) {
        if (crop == null) {
            return;
        }
        try {
            InputSize size = InputSize.parse(crop);
            if (size.height() != own.height() || size.width() != own.width()) {
                throw wrong("--crop " + crop + ": this model takes " + own.height() + "x" + own.width()
                        + " pixels only; convert the checkpoint for another size");
            }
        } catch (ElasticVisionException e) {
            throw wrong("--crop: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
