package org.elasticvision.runtime.cli.option;

import java.nio.file.Path;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which data set is evaluated: a folder laid out as the model's task has it, or MSCOCO's two parts, and how much of it. */
public final class DataOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @ArgGroup(exclusive = false)
    private CocoParts coco;

    @Option(
            names = "--by-order",
            description =
                    "Pair the classes of the data with the model's by their order alone, whatever they are called; of"
                            + " masks and IDX files by their numbers, whatever labels.txt says.")
    private boolean byOrder;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N images.")
    private Integer limit;

    /** MSCOCO in two parts. */
    static final class CocoParts {
        @Option(
                names = "--annotations",
                required = true,
                paramLabel = "FILE",
                description = "Label sets: an MSCOCO instances_*.json, instead of DATA.")
        private Path annotations;

        @Option(
                names = "--images",
                required = true,
                paramLabel = "DIR",
                description = "Label sets: the folder of the images that it lists.")
        private Path images;
    }

    /** {@return whether MSCOCO's two parts are named} */
    public boolean hasParts() {
        return coco != null;
    }

    /**
     * Checks what can be checked before the model is opened.
     *
     * @param folder null where none is given
     */
    public void check(Path folder) {
        if ((folder == null) == (coco == null)) {
            throw wrong(
                    folder == null
                            ? "give DATA, or --annotations and --images"
                            : "give DATA or --annotations, not both");
        }
        if (limit != null) {
            OptionNames.check(command.commandLine(), () -> Check.atLeast("--limit", limit, 1));
        }
    }

    /**
     * Lists the images that a model of this task is measured on.
     *
     * @param folder the folder
     * @param info what the model says of itself
     * @return the labelled images
     */
    public Evaluation evaluation(Path folder, ModelInfo info) {
        if (coco != null && info.task() != Task.MULTI_LABEL) {
            throw wrong("--annotations is for multilabel models, this is a " + info.task() + " model; give DATA");
        }
        DatasetOptions options =
                new DatasetOptions(byOrder, command.commandLine().getErr()::println);
        Evaluation evaluation = coco == null
                ? Evaluation.of(info, folder, options)
                : Evaluation.multiLabel(new CocoFiles(coco.annotations, coco.images), info.labels(), options);
        return limit == null ? evaluation : evaluation.limitedTo(limit);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
