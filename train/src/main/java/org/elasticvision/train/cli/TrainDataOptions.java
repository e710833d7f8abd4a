package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.HeldOut;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which data a network is trained on: a folder laid out as the task has it, or MSCOCO's parts, and how classes are paired. */
final class TrainDataOptions {
    /** Of those that take the place of DATA. */
    static final Set<String> NAMES = Set.of("--annotations", "--images", "--val-annotations", "--val-images");

    static final String VAL_SPLIT = "--val-split";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--annotations",
            paramLabel = "FILE",
            description = "Label sets: an MSCOCO instances_*.json to train on, instead of DATA.")
    private Optional<Path> annotations;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "With --annotations: the folder of the images that it lists.")
    private Optional<Path> images;

    @Option(
            names = "--val-annotations",
            paramLabel = "FILE",
            description = "With --annotations: the instances_*.json to validate on.")
    private Optional<Path> validationAnnotations;

    @Option(
            names = "--val-images",
            paramLabel = "DIR",
            description = "With --annotations: the folder of the validation images (default: --images).")
    private Optional<Path> validationImages;

    @Option(
            names = "--by-order",
            negatable = true,
            description = "Pair the classes of the validation data (and with --labels those of the training"
                    + " data) with the"
                    + " network's by their order alone, whatever they are called; a run keeps to it (default: off).")
    private Boolean byOrder;

    @Option(
            names = VAL_SPLIT,
            paramLabel = "SHARE",
            description =
                    "Data without a validation part: validate on this share of the training images, of each class the"
                            + " same, chosen by --seed; a run keeps to it (default: 0.1 for such data).")
    private Double heldOut;

    boolean areGiven() {
        return annotations.isPresent()
                || images.isPresent()
                || validationAnnotations.isPresent()
                || validationImages.isPresent();
    }

    /**
     * Where the data lie, as is given here on top of where they lay.
     *
     * @param folder DATA, if it is given
     * @param before of the run that goes on
     * @param seed of a new run
     */
    DataSource on(Task task, Optional<Path> folder, Optional<DataSource> before, long seed) {
        boolean paired = paired(before);
        if (paired && task.isPerPixel()) {
            throw wrong("--by-order is for classification and multilabel; masks hold class indices");
        }
        if (areGiven() && folder.isPresent()) {
            throw wrong("give DATA or --annotations, not both");
        }
        Optional<HeldOut> held = held(before, seed);
        DataSource source = areGiven()
                ? parts(task, before.map(DataSource::parts).orElse(List.of()), held.isPresent())
                : folder.map(DataSource::of).or(() -> before).orElseThrow();
        return source.withByOrder(paired).withHeldOut(held);
    }

    /** Holds a share out to validate on, as a new run does where the data have no validation part, unless one is given. */
    void holdOut() {
        if (heldOut == null) {
            heldOut = HeldOut.USUAL_SHARE;
        }
    }

    /** Whether parts of MSCOCO are given of which none is to validate on. */
    boolean lackValidation() {
        return annotations.isPresent() && images.isPresent() && validationAnnotations.isEmpty();
    }

    private Optional<HeldOut> held(Optional<DataSource> before, long seed) {
        if (heldOut == null) {
            return before.flatMap(DataSource::heldOut);
        }
        try {
            HeldOut now = new HeldOut(
                    heldOut,
                    before.flatMap(DataSource::heldOut).map(HeldOut::seed).orElse(seed));
            if (before.isPresent() && !before.get().heldOut().equals(Optional.of(now))) {
                throw wrong(VAL_SPLIT + " " + heldOut + ": this run validates on "
                        + before.get()
                                .heldOut()
                                .map(then -> "a share of " + then.share() + " of its images")
                                .orElse("images of their own")
                        + ", and on others its errors would be of different things; leave it out, or start a new run from its weights"
                        + " with --init-from");
            }
            return Optional.of(now);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, Map.of("validation share", VAL_SPLIT));
        }
    }

    /**
     * Says where data that have moved are given.
     *
     * @param source of a run that goes on
     * @param run its folder
     */
    static void requireThere(DataSource source, Path run) {
        Optional<Path> gone = source.folder().filter(folder -> !Files.isDirectory(folder));
        if (gone.isPresent()) {
            throw new ElasticVisionException(gone.get() + ": the data of this run does not exist any more; if it has"
                    + " moved, resume with: " + CommandText.of("train", "NEWDATA", ResumeOption.NAME, run));
        }
        Map<String, Path> missing = missing(source.parts());
        if (!missing.isEmpty()) {
            List<Object> words = new ArrayList<>(List.of("train"));
            missing.keySet()
                    .forEach(option ->
                            words.addAll(List.of(option, option.endsWith("annotations") ? "NEWFILE" : "NEWDIR")));
            words.addAll(List.of(ResumeOption.NAME, run));
            throw new ElasticVisionException(
                    missing.values().stream().map(Path::toString).collect(Collectors.joining(", "))
                            + (missing.size() == 1
                                    ? ": this part of the run's data does not exist any more; if it has moved"
                                    : ": these parts of the run's data do not exist any more; if they have moved")
                            + ", resume with: " + CommandText.of(words.toArray()));
        }
    }

    /** Files and folders that are not there, by the options that name them. */
    private static Map<String, Path> missing(List<CocoFiles> parts) {
        Map<String, Path> missing = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            CocoFiles part = parts.get(i);
            String prefix = i == 0 ? "--" : "--val-";
            if (!Files.exists(part.annotations()) && !missing.containsValue(part.annotations())) {
                missing.put(prefix + "annotations", part.annotations());
            }
            // Validation images that lie among those to learn from move with these.
            if (!Files.isDirectory(part.images()) && !missing.containsValue(part.images())) {
                missing.put(prefix + "images", part.images());
            }
        }
        return missing;
    }

    private boolean paired(Optional<DataSource> before) {
        if (before.isEmpty()) {
            return Boolean.TRUE.equals(byOrder);
        }
        boolean then = before.get().byOrder();
        if (byOrder != null && byOrder != then) {
            throw wrong((byOrder ? "--by-order" : "--no-by-order") + ": this run has paired classes by their "
                    + (then ? "order" : "names")
                    + ", and otherwise its network would learn other classes from now on; leave it out, or start a new"
                    + " run from its weights with --init-from");
        }
        return then;
    }

    private DataSource parts(Task task, List<CocoFiles> before, boolean isHeldOut) {
        if (task != Task.MULTI_LABEL) {
            throw wrong("--annotations is for --task multilabel, not for " + task + "; give DATA");
        }
        Optional<CocoFiles> training = before.stream().findFirst();
        Optional<CocoFiles> validation = before.stream().skip(1).findFirst();
        Optional<Path> annotationsNow = annotations.or(() -> training.map(CocoFiles::annotations));
        Optional<Path> imagesNow = images.or(() -> training.map(CocoFiles::images));
        Optional<Path> validationNow = validationAnnotations.or(() -> validation.map(CocoFiles::annotations));
        if (isHeldOut && annotationsNow.isPresent() && imagesNow.isPresent()) {
            if (validationAnnotations.isPresent() || validationImages.isPresent()) {
                throw wrong("give --val-annotations or " + VAL_SPLIT + ", not both");
            }
            CocoFiles all = new CocoFiles(annotationsNow.get(), imagesNow.get());
            return DataSource.of(all, all);
        }
        if (annotationsNow.isEmpty() || imagesNow.isEmpty() || validationNow.isEmpty()) {
            throw wrong("--annotations, --images and --val-annotations go together: the training data and the"
                    + " validation data");
        }
        // Where nobody has said it, the images to measure on lie where those to learn from do, now as then.
        Path validationImagesNow = validationImages
                .or(() -> validation
                        .map(CocoFiles::images)
                        .filter(then -> !then.equals(training.orElseThrow().images())))
                .orElseGet(imagesNow::get);
        return DataSource.of(
                new CocoFiles(annotationsNow.get(), imagesNow.get()),
                new CocoFiles(validationNow.get(), validationImagesNow));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
