package org.elasticvision.runtime.cli.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code evaluate --report}. */
class ReportTest {
    @TempDir
    Path folder;

    private EvaluationData data;
    private Path page;

    @BeforeEach
    void prepare() {
        data = new EvaluationData(folder);
        page = folder.resolve("new/page.html");
    }

    @Test
    void classificationHasItsFiguresCurvesAndTheMistake() throws IOException {
        Path classes = data.tenOfWhichOneIsWrong();
        List<String> printed = evaluate(TestModels.classifier(folder, -1), classes);
        String html = Files.readString(page);
        assertThat(printed).startsWith("Err@1           10.00 %");
        assertThat(html)
                .contains(printed.get(0) + "\n" + printed.get(1))
                .contains("mean over the 2 classes that occur", "Mean average precision 86.67 %")
                .contains("red, AP 83.33 %", "green, AP 90.00 %") // of tied scores, see EvaluationData
                .doesNotContain("blue, AP")
                .contains("Expected calibration error (ECE) ")
                .contains("1 of the 1 images with a wrong answer")
                .contains("title=\"val/n2/2.png\"")
                .contains("<b>red 100.0 %</b>");
        assertSelfContained(html, 1);
        assertThat(evaluate(TestModels.classifier(folder, -1), classes, "--worst", 0))
                .hasSize(printed.size());
        assertThat(Files.readString(page)).doesNotContain("Worst mistakes", "<img");
    }

    @Test
    void labelSetsHaveSizesAndTheMostConfidentWrongDecision() throws IOException {
        List<String> printed = evaluate(TestModels.multiLabel(folder, -1), data.labelSets());
        String html = Files.readString(page);
        assertThat(html)
                .contains(printed.get(0) + "\n" + printed.get(1))
                .contains("<th scope=\"row\">large</th><td class=\"number\">0</td><td class=\"number\">1</td>")
                .contains("for each class of each image")
                .contains("red, AP 100.00 %", "blue, AP 100.00 %")
                .contains("has blue")
                .doesNotContain("Confusion matrix");
        assertSelfContained(html, 1);
    }

    @Test
    void segmentationHasTheLowestMeanIouFirst() throws IOException {
        List<String> printed = evaluate(TestModels.segmenter(folder, -1), data.segmentation());
        String html = Files.readString(page);
        assertThat(html)
                .contains(String.join("\n", printed.subList(0, 5))) // three classes, their mean, pixel accuracy
                .contains("1 of the 1 images with a wrong pixel")
                .contains("mean IoU 50.0 %", "66.7 % of the pixels right")
                .doesNotContain("Calibration");
        assertSelfContained(html, 2); // answer and truth
    }

    @Test
    void whatCannotBeIsRefusedBeforeTheWork() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        Path classes = data.tenOfWhichOneIsWrong();
        usage("--report needs every answer in one process", model, classes, "--nproc", 2, "--report", page);
        usage("--worst is about the pictures of --report; leave it out", model, classes, "--worst", 3);
        usage("--worst 1001 must be between 0 and 1000", model, classes, "--worst", 1001, "--report", page);
        usage("is the model itself", model, classes, "--report", model);
        assertThat(page.getParent()).doesNotExist();
    }

    @Test
    void anEvaluationThatFailsLeavesNoPage() throws IOException {
        Path classes = data.tenOfWhichOneIsWrong();
        Files.writeString(classes.resolve("val/n2/5.png"), "no image");
        CommandRun run = CommandRun.of("evaluate", "--report", page, TestModels.classifier(folder, -1), classes);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("5.png");
        assertThat(page.getParent()).doesNotExist();
    }

    private List<String> evaluate(Path model, Path classes, Object... more) {
        CommandRun run = CommandRun.of(EvaluationData.words(model, classes, "--report", page, more));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.outLines();
    }

    private static void usage(String reason, Path model, Path classes, Object... more) {
        CommandRun run = CommandRun.of(EvaluationData.words(model, classes, more));
        assertThat(run.errLines()).singleElement().asString().contains(reason);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static void assertSelfContained(String html, int pictures) {
        assertThat(html).doesNotContain("<script", "http://", "https://", "url(", "@import", "<link");
        assertThat(html.split("<img ", -1)).hasSize(pictures + 1);
        assertThat(html.split("src=\"data:image/png;base64,", -1)).hasSize(pictures + 1);
    }
}
