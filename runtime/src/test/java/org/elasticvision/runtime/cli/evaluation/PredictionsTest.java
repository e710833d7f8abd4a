package org.elasticvision.runtime.cli.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import static org.assertj.core.api.Assertions.within;

/** {@code evaluate --predictions}. */
class PredictionsTest {
    @TempDir
    Path folder;

    private EvaluationData data;

    @BeforeEach
    void prepare() {
        data = new EvaluationData(folder);
    }

    @Test
    void classificationHasALineForEachImageInTheirOrder() throws IOException {
        Path classes = data.tenOfWhichOneIsWrong();
        Path model = TestModels.classifier(folder, -1);
        List<String> lines = lines("a.csv", model, classes);
        assertThat(lines).hasSize(11).startsWith("path,truth_index,truth,answer_index,answer,probability,correct");
        assertThat(lines.get(1)).startsWith("val/n1/0.png,0,red,0,red,0.99").endsWith(",true");
        assertThat(lines)
                .filteredOn(line -> line.endsWith(",false"))
                .singleElement()
                .asString()
                .startsWith("val/n2/2.png,1,green,0,red,0.99");
        List<String> objects = lines("a.JSONL", model, classes);
        assertThat(objects).hasSize(10);
        JsonObject wrong = json(objects.get(7));
        assertThat(wrong.get("path").getAsString()).isEqualTo("val/n2/2.png");
        assertThat(wrong.get("correct").getAsBoolean()).isFalse();
        assertThat(wrong.getAsJsonObject("truth").get("name").getAsString()).isEqualTo("green");
        JsonArray answers = wrong.getAsJsonArray("answers");
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).getAsJsonObject().get("id").getAsString()).isEqualTo("n1");
    }

    @Test
    void labelSetsHaveBothSetsAndAllProbabilities() throws IOException {
        Path coco = data.labelSets();
        Path model = TestModels.multiLabel(folder, -1);
        List<String> lines = lines("a.csv", model, coco);
        assertThat(lines).hasSize(3).startsWith("path,truth,answer,correct,red,green,blue");
        assertThat(lines.get(1)).contains("a.png,red;blue,", ",true,0.9");
        assertThat(lines.get(2)).contains("b.png,blue,green,false,");
        JsonObject second = json(lines("a.jsonl", model, coco).get(1));
        assertThat(second.getAsJsonArray("truth")).hasSize(1);
        assertThat(second.getAsJsonArray("answers")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .isEqualTo("green");
        assertThat(second.getAsJsonArray("probabilities")).hasSize(3);
        assertThat(second.getAsJsonArray("probabilities").get(1).getAsDouble()).isGreaterThan(0.99);
    }

    @Test
    void segmentationHasTheFiguresOfEachImage() throws IOException {
        Path voc = data.segmentation();
        Path model = TestModels.segmenter(folder, -1);
        List<String> lines = lines("a.csv", model, voc);
        assertThat(lines).hasSize(3).startsWith("path,labelled_pixels,pixel_accuracy,mean_iou");
        assertThat(lines.get(1)).contains("images/a.png,3,0.6666666666666666,0.5");
        assertThat(lines.get(2)).endsWith("images/b.png,192,1.0,1.0");
        JsonObject first = json(lines("a.jsonl", model, voc).get(0));
        assertThat(first.get("labelledPixels").getAsInt()).isEqualTo(3);
        assertThat(first.get("pixelAccuracy").getAsDouble()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(first.get("meanIou").getAsDouble()).isEqualTo(0.5);
    }

    @Test
    void aFileIsWholeOrAsItWas() throws IOException {
        Path classes = data.tenOfWhichOneIsWrong();
        Files.writeString(classes.resolve("val/n2/5.png"), "no image");
        Path model = TestModels.classifier(folder, -1);
        Path file =
                Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("a.csv"), "old");
        CommandRun run = CommandRun.of("evaluate", "--predictions", file, model, classes);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(file).hasContent("old");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.tmp*");
        assertThat(CommandRun.of("evaluate", "--skip-bad", "--predictions", file, model, classes)
                        .exitCode())
                .isZero();
        assertThat(Files.readAllLines(file)).hasSize(11);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.tmp*");
    }

    @Test
    void otherFormsAndProcessesAreRefused() throws IOException {
        Path classes = data.tenOfWhichOneIsWrong();
        Path model = TestModels.classifier(folder, -1);
        Path table = folder.resolve("a.csv");
        refused("a.txt must end in .csv or .jsonl", model, classes, "--predictions", folder.resolve("a.txt"));
        refused("--predictions needs every answer in one process", model, classes, "--nproc=2", "--predictions", table);
        refused("must end in .html", model, classes, "--report", table, "--predictions", table);
        assertThat(table).doesNotExist();
    }

    private static void refused(String reason, Path model, Path classes, Object... options) {
        CommandRun run = CommandRun.of(EvaluationData.words(model, classes, options));
        assertThat(run.errLines()).singleElement().asString().contains(reason);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private List<String> lines(String name, Path model, Path classes) throws IOException {
        Path file = folder.resolve(name);
        CommandRun run = CommandRun.of("evaluate", "--predictions", file, model, classes);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return Files.readAllLines(file);
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }
}
