package org.elasticvision.runtime.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.model.Preprocessing;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --resize} and {@code --crop}: another cut-out of each image than the model file says. */
final class InputOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

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
            description = "The crop that you expect; it must be the size that the model was converted for.")
    private String crop;

    /** The model's preprocessing with these options, which may be wrong for it. */
    Preprocessing apply(Preprocessing own) {
        checkCrop(own);
        if (resize == null) {
            return own;
        }
        if (own.fit() != Preprocessing.Fit.RESIZE_AND_CROP) {
            throw wrong("--resize is for models that crop their input, which this one does not; leave it out");
        }
        try {
            return new Preprocessing(
                    own.fit(), resize, own.height(), own.width(), own.interpolation(), own.mean(), own.std());
        } catch (IllegalArgumentException e) {
            throw wrong("--resize: " + e.getMessage());
        }
    }

    private void checkCrop(Preprocessing own) {
        if (crop == null) {
            return;
        }
        Matcher size = SIZE.matcher(crop);
        if (!size.matches()) {
            throw wrong("--crop '" + crop + "' must be a number or HEIGHTxWIDTH, such as 224 or 224x320");
        }
        int height = Integer.parseInt(size.group(1));
        int width = size.group(2) == null ? height : Integer.parseInt(size.group(2));
        if (height != own.height() || width != own.width()) {
            throw wrong("--crop " + crop + ": this model takes " + own.height() + "x" + own.width()
                    + " pixels only; convert the checkpoint for another size");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
