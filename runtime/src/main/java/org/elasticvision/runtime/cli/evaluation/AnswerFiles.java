package org.elasticvision.runtime.cli.evaluation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.rows.RowsFile;
import org.elasticvision.runtime.evaluation.report.EvaluationReport;
import org.elasticvision.runtime.io.name.FileNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --report} and {@code --predictions}: what is written about the answers of an evaluation. For one thread. */
public final class AnswerFiles {
    private static final String REPORT = "--report";
    private static final String PREDICTIONS = "--predictions";
    private static final int MOST_PICTURES = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = REPORT,
            paramLabel = "FILE.html",
            description =
                    "Write a self-contained page: totals, classes, confusion matrix, precision-recall curves, calibration,"
                            + " and the worst mistakes as pictures.")
    private Path page;

    @Option(
            names = "--worst",
            paramLabel = "N",
            description = "Mistakes that --report shows as pictures, at most 1000 (default: 12).")
    private int worst = 12;

    @Option(
            names = PREDICTIONS,
            paramLabel = "FILE",
            description =
                    "Write a line for each image to FILE.csv or FILE.jsonl: its path, the truth, the answer with its"
                            + " probability, and whether it is correct; of a segmentation, its pixel accuracy and mean IoU.")
    private Path predictions;

    /**
     * Checks what can be checked before the model is opened.
     *
     * @param processes of {@code --nproc}
     */
    public void check(int processes) {
        if (page == null) {
            Given.refuse(command, "is about the pictures of --report", "--worst");
        }
        OptionNames.check(command.commandLine(), () -> Check.between("--worst", worst, 0, MOST_PICTURES));
        if (predictions != null) {
            RowsFile.check(command, PREDICTIONS, predictions);
        }
        if (processes > 1) {
            Given.refuse(
                    command,
                    "needs every answer in one process, and those of --nproc hand back counts alone",
                    REPORT,
                    PREDICTIONS);
        }
    }

    /**
     * Checks where files go.
     *
     * @param outputs of the command
     */
    public void announce(Outputs outputs) {
        if (page != null) {
            outputs.page(REPORT, page);
        }
        if (predictions != null) {
            outputs.file(PREDICTIONS, predictions);
        }
    }

    /**
     * {@return what sees the answers of a model and writes the files}
     *
     * @param model that is measured
     * @param data the folder below which images are named; empty where there is none
     */
    public AnswerSink open(Model<?> model, Optional<Path> data) {
        UnaryOperator<String> names =
                name -> data.map(folder -> FileNames.below(folder, name)).orElse(name);
        return new AnswerSink(
                Optional.ofNullable(page),
                Optional.ofNullable(page).map(file -> new EvaluationReport(model.info(), worst, names)),
                Optional.ofNullable(predictions).map(file -> new PredictionsFile(file, model.info(), names)));
    }
}
