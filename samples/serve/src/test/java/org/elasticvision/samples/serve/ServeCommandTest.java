package org.elasticvision.samples.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServeCommandTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port=70000 | --port 70000 must be between 0 and 65535",
                "--max-body=lots | 'lots' is not a size: give bytes, such as 500000, 900K or 16M",
                "--max-body=0 | elastic: --max-body 0 must be between 1 and 1073741824",
                "--max-concurrent=0 | elastic: --max-concurrent 0 must be between 1 and 1024",
                "--max-waiting=0 | elastic: --max-waiting 0 must be between 1 and 65536",
                "--allow-origin=example.org/app | elastic: --allow-origin: 'example.org/app' is not an origin: give"
                        + " scheme",
                "--timeout=soon | 'soon' is not a time such as 500ms, 20s or 2m",
                "--max-images=0 | elastic: --max-images 0 must be between 1 and 1024",
                "--tls-key=key.pem | elastic: --tls-key and --tls-password-file are for --tls; give the certificate to that",
                "--batch=0 | elastic: --batch 0 must be between 1 and 4096",
                "--max-wait=soon | 'soon' is not a time such as 500ms, 20s or 2m",
                "--max-wait=2h | elastic: --max-wait 2 h must be between 0 s and 1 h",
                "--max-connections=0 | elastic: --max-connections 0 must be between 1 and 65536",
                "--timeout=0 | elastic: --timeout 0 s must be between 1 ms and 1 h",
            })
    void saysWhatIsWrongWithAnOption(String option, String message) {
        assertThat(run(option, folder.resolve("model.onnx"))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void processesThatDecodeDoNotDecodeFaster() {
        assertThat(run("--isolate", "--fast-decode", folder.resolve("model.onnx")))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--fast-decode is not for --isolate")
                .contains("leave out one of them");
    }

    @Test
    void doesNotAppendItsLogToWhatItReads() throws IOException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        byte[] whole = Files.readAllBytes(model);
        Path link = Files.createSymbolicLink(folder.resolve("link.log"), model);
        for (Path log : List.of(model, link)) {
            assertThat(run("--port=0", "--access-log=" + log, model)).isEqualTo(2);
            assertThat(err.toString())
                    .contains("--access-log " + log + " is a file that this server reads; name another");
        }
        assertThat(model).hasBinaryContent(whole);
    }

    @Test
    void needsAModel() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("give a MODEL, or a folder with models to --watch");
    }

    @Test
    void namesAModelThatIsMissing() {
        Path good = TestModels.classifier(folder, TensorShape.ANY);
        assertThat(run("--port=0", good, folder.resolve("none.onnx"))).isEqualTo(1);
        assertThat(err.toString()).startsWith("elastic: ").contains("none.onnx").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--token-file | cannot be read: there is no such file; give a file with a token",
                "--tls | cannot be read: there is no such file; give one that you can read",
                "--watch | cannot be read; give a folder with models to --watch",
            })
    void namesAFileThatIsMissing(String option, String message) {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        assertThat(run("--port=0", option + "=" + folder.resolve("none"), model))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("elastic: ").contains(message).hasLineCount(1);
    }

    @Test
    void pointsToTheModelInTheFolderOfARun() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Path model = Files.move(TestModels.classifier(folder, TensorShape.ANY), run.resolve("model.onnx"));
        assertThat(run("--port=0", run)).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("elastic: " + run + " is a folder, not a model; give the model in it, " + model);
    }

    @Test
    void aThousandClassesAreWrittenAsElsewhere() {
        ModelInfo colors = TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4));
        ModelInfo many = new ModelInfo(
                "resnet50", Task.CLASSIFICATION, Labels.imagenet1k(), colors.preprocessing(), "int8", "ab", "1");
        assertThat(ServeCommand.line("photo", many)).isEqualTo("photo: classification, 1,000 classes, resnet50, int8");
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThat(run("--port=" + taken.getLocalPort(), model)).isEqualTo(1);
            assertThat(err.toString().strip())
                    .isEqualTo("elastic: localhost:" + taken.getLocalPort()
                            + " is in use; give another --port (0 takes any that is free)");
        }
    }

    @Test
    void saysThatAnAddressIsNotOurs() {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        assertThat(run("--port=0", "--host=192.0.2.1", model)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("elastic: 192.0.2.1:0: cannot listen there")
                .contains("--host")
                .hasLineCount(1);
    }

    private int run(Object... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "serve";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        return ElasticCommandLine.create()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(words);
    }
}
