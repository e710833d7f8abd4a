package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.cli.Converters;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DatasetFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What goes into a network, and what its answers are called. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--input-size",
            paramLabel = "HxW",
            converter = Converters.ToInputSize.class,
            description = "Input height and width in pixels, or one number; for segmentation the size of the crops"
                    + " (default: 224, for segmentation 513; IDX images their own size).")
    private Optional<InputSize> size;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "A label per line, in class order (default: what the data says).")
    private Optional<Path> labels;

    Optional<Path> labelsFile() {
        return labels;
    }

    Optional<InputSize> size() {
        return size;
    }

    Optional<List<Label>> labels() {
        return labels.map(Labels::read);
    }

    /**
     * From an image to the input of the network, whatever the view of photos.
     *
     * @param before of the run that goes on
     */
    Preprocessing preprocessing(
            Architecture architecture, Task task, DatasetFolder dataset, Optional<Preprocessing> before) {
        if (size.isEmpty() && before.isPresent()) {
            return before.get();
        }
        Optional<InputSize> imageSize = dataset.imageSize();
        if (imageSize.isPresent() && size.isEmpty()) {
            InputSize own = imageSize.get();
            return new Preprocessing(
                    Preprocessing.Fit.RESIZE_AND_CROP,
                    Math.max(own.height(), own.width()),
                    own.height(),
                    own.width(),
                    Interpolation.BILINEAR,
                    Preprocessing.IMAGENET_MEAN,
                    Preprocessing.IMAGENET_STD);
        }
        InputSize input = size.orElseGet(() -> {
            int usual = architecture
                    .inputSize(task)
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(),
                            architecture + " has no usual input size: give --input-size, such as 64"));
            return new InputSize(usual, usual);
        });
        return Preprocessing.published(task, input.height(), input.width());
    }
}
