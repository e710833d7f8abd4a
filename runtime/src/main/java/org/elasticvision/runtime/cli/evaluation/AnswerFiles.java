package org.elasticvision.runtime.cli.evaluation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.evaluation.AnsweredImage;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.evaluation.report.EvaluationReport;
import org.elasticvision.runtime.io.AtomicFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --report}: what is written about each answer of an evaluation. For one thread. */
public final class AnswerFiles {
    private static final int MOST_PICTURES = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--report",
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

    private Optional<EvaluationReport> report = Optional.empty();

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
        if (processes > 1) {
            Given.refuse(
                    command,
                    "needs every answer in one process, and those of --nproc hand back counts alone",
                    "--report");
        }
    }

    /**
     * Checks where files go.
     *
     * @param outputs of the command
     */
    public void announce(Outputs outputs) {
        if (page != null) {
            outputs.file("--report", page);
        }
    }

    /** {@return who sees the answers of a model} */
    public Consumer<AnsweredImage> observer(Model<?> model) {
        report = Optional.ofNullable(page).map(file -> new EvaluationReport(model.info(), worst));
        return answered -> report.ifPresent(one -> one.accept(answered));
    }

    /**
     * Writes them.
     *
     * @param model that was measured
     * @param file of the model
     * @param result of the evaluation
     */
    public void write(Model<?> model, Path file, Evaluation.Result result) {
        report.ifPresent(one -> {
            String html = one.html(file.getFileName().toString(), result, model.orientation());
            AtomicFile.write(page, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
        });
    }
}
