package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.dataset.CocoFiles;
import org.elasticvision.runtime.dataset.DatasetOptions;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DatasetFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which data a network is trained on: a folder laid out as the task has it, or MSCOCO's parts, and how classes are paired. */
final class TrainDataOptions {
    /** Of those that take the place of DATA. */
    static final Set<String> NAMES = Set.of("--annotations", "--images", "--val-annotations", "--val-images");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--annotations",
            paramLabel = "FILE",
            description = "Label sets: an MSCOCO instances_*.json to learn from, instead of DATA.")
    private Optional<Path> annotations;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "With --annotations: the folder of the images that it lists.")
    private Optional<Path> images;

    @Option(
            names = "--val-annotations",
            paramLabel = "FILE",
            description = "With --annotations: the instances_*.json to measure on.")
    private Optional<Path> validationAnnotations;

    @Option(
            names = "--val-images",
            paramLabel = "DIR",
            description = "With --annotations: the folder of the images to measure on (default: --images).")
    private Optional<Path> validationImages;

    @Option(
            names = "--by-order",
            description = "Pair the classes of the data to measure on (and with --labels those to learn from) with the"
                    + " network's by their order alone, whatever they are called.")
    private boolean byOrder;

    boolean areGiven() {
        return annotations.isPresent()
                || images.isPresent()
                || validationAnnotations.isPresent()
                || validationImages.isPresent();
    }

    /** The data set; {@code folder} is null where none is given. */
    DatasetFolder dataset(Task task, Path folder) {
        if (byOrder && task.isPerPixel()) {
            throw wrong("--by-order is for classification and multilabel; masks hold class indices");
        }
        DatasetOptions options =
                new DatasetOptions(byOrder, command.commandLine().getErr()::println);
        if (!areGiven()) {
            return DatasetFolder.detect(task, folder, options);
        }
        if (folder != null) {
            throw wrong("give DATA or --annotations, not both");
        }
        if (task != Task.MULTI_LABEL) {
            throw wrong("--annotations is for --task multilabel, not for " + task + "; give DATA");
        }
        if (annotations.isEmpty() || images.isEmpty() || validationAnnotations.isEmpty()) {
            throw wrong("--annotations, --images and --val-annotations go together: what to learn from and what to"
                    + " measure on");
        }
        return DatasetFolder.coco(
                new CocoFiles(annotations.get(), images.get()),
                new CocoFiles(validationAnnotations.get(), validationImages.orElse(images.get())),
                options);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
