package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.MultiLabelClassifier;
import org.elasticvision.runtime.Segmenter;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.image.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void leavesModelsThatAnswerAndAPageAboutThem() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                ElasticCommandLine.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        Path demo = folder.resolve("demo");
        assertThat(command.execute("demo", demo.toString(), "--quick", "--twin"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("done in").contains("elastic predict");

        ImageSource picture = ImageSource.of(demo.resolve("data/VOC2012/JPEGImages/val_000001.png"));
        try (Classifier classifier = Classifier.open(demo.resolve("classification/model.onnx"));
                MultiLabelClassifier labels = MultiLabelClassifier.open(demo.resolve("multilabel/model.onnx"));
                Segmenter segmenter = Segmenter.open(demo.resolve("segmentation/model.onnx"))) {
            assertThat(classifier.predict(picture).best().label().name())
                    .isIn("circle", "cross", "heart", "ring", "star", "triangle");
            assertThat(labels.predict(picture).scores()).hasSize(6);
            assertThat(segmenter.predict(picture).width()).isEqualTo(48);
        }
        String run = demo.resolve("classification").toString();
        assertThat(command.execute("train", "--resume", run, "--epochs=2")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "this run was not started by 'elastic train'",
                        "elastic demo DIR",
                        "--init-from " + run + "/checkpoint.pth.tar");
        for (String task : new String[] {"classification", "multilabel", "segmentation"}) {
            assertThat(demo.resolve(task))
                    .isDirectoryContaining("glob:**/metrics.csv")
                    .isDirectoryContaining("glob:**/metrics.jsonl")
                    .isDirectoryContaining("glob:**/curves-loss.png")
                    .isDirectoryContaining("glob:**/predictions.png")
                    .isDirectoryContaining("glob:**/classes.csv")
                    .isDirectoryContaining("glob:**/checkpoint.pth.tar");
        }
        assertThat(Files.readString(demo.resolve("report.html")))
                .contains("classification", "multilabel", "segmentation", "Elastic and not: segmentation")
                .doesNotContain("src=\"http", "href=\"http");
    }
}
