package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever goes wrong: one line, and the exit code says whose fault it is. */
class CommandLineErrorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict | MODEL",
                "predict model.onnx | give images, or --tensor and --logits",
                "predict model.onnx a.jpg --threads -1 | elastic: --threads -1 must be between 0",
                "predict model.onnx a.jpg --batch 0 | elastic: --batch 0 must be between 1 and 4096",
                "predict model.onnx a.jpg --top 0 | --top 0 must be at least 1",
                "predict model.onnx a.jpg --threshold 1.5 | --threshold 1.5 must be between 0 and 1",
                "predict model.onnx a.jpg --tensor a.npy | elastic: Missing required argument(s): --logits",
                "predict model.onnx a.jpg --tensor a.npy --logits b.npy | not both",
                "predict model.onnx --tensor a.npy --logits b.npy --json | --json is about images, and --tensor is none; leave it out",
                "predict model.onnx --tensor a.npy --logits b.npy --top 3 | --top is about images, and --tensor is none; leave it out",
                "evaluate model.onnx | give DATA, or --annotations and --images",
                "evaluate model.onnx data --annotations a --images b | not both",
                "evaluate model.onnx data --limit 0 | --limit 0 must be at least 1",
                "inspect | MODEL",
                "doctor extra | 'extra' is one argument too many",
                "inspect model.onnx \uFFFD\uFFFD | set LC_ALL=C.UTF-8",
                "predcit model.onnx a.jpg | unknown command 'predcit'; did you mean predict? (",
                "--verison | unknown option '--verison'; did you mean --version? (",
                "predict model.onnx a.jpg --tresh 0.5 | unknown option '--tresh'; did you mean --threshold? (",
                "predict model.onnx a.jpg --jsno | unknown option '--jsno'; did you mean --json? (",
                "predict model.onnx a.jpg --frobnicate | unknown option '--frobnicate' (",
                "predict model.onnx a.jpg --top x | elastic: --top: 'x' is not a whole number (",
                "predict model.onnx a.jpg --top 99999999999 | elastic: --top: '99999999999' is too large a number (",
                "predict model.onnx a.jpg --threshold half | elastic: --threshold: 'half' is not a number (",
                "predict https://example.org/m.onnx a.jpg | elastic: MODEL: 'https://example.org/m.onnx' is an"
                        + " address, not a file",
                "predict model.onnx s3://bucket/a.jpg | is an address, not a file on this machine; download it first",
                "benchmark model.onnx --callers 0 | elastic: --callers 0 must be between 1 and 1024 (",
                "benchmark model.onnx --duration soon | elastic: --duration: 'soon' is not a time such as 500ms, 20s"
                        + " or 2m (",
                "convert weights.pth | the command 'convert' is not in this distribution of the runtime alone; take"
                        + " the full one",
                "train photos | the command 'train' is not here: it needs LibTorch",
                "frobnicate | unknown command 'frobnicate' ("
            })
    void wrongUsageIsExitCode2(String line, String reason) {
        CommandRun run = CommandRun.of((Object[]) line.split(" "));
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("elastic: ")
                .contains(reason);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict %s a.jpg", "evaluate %s data", "inspect %s"})
    void aModelThatCannotBeOpenedIsExitCode1(String line) throws IOException {
        Path damaged = folder.resolve("damaged.onnx");
        byte[] whole = Files.readAllBytes(TestModels.classifier(folder, 1));
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        Path bare = TestModels.classification(1, 4).write(folder.resolve("bare.onnx"));
        for (Path model :
                Stream.of(folder.resolve("missing.onnx"), folder, damaged, bare).toList()) {
            CommandRun run = CommandRun.of((Object[]) String.format(line, model).split(" "));
            assertThat(run.errLines()).singleElement().asString().startsWith("elastic: " + model);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void whatATerminalWouldObeyInANameIsShown() throws IOException {
        Path model = TestModels.classifier(folder, 1);
        CommandRun run = CommandRun.of("predict", model, folder.resolve("a\u001b[2J\nb.png"), "--verbose");
        assertThat(run.err()).doesNotContain("\u001b").contains("a?[2J?b.png does not exist; check the path");
        Files.copy(model, folder.resolve("c\u001b.onnx"));
        run = CommandRun.of("inspect", folder.resolve("c\u001b.onnx"));
        assertThat(run.out()).doesNotContain("\u001b").contains("c\u241b.onnx");
        run = CommandRun.of("inspect", model, "--\u001b");
        assertThat(run.err()).doesNotContain("\u001b").contains("unknown option '--\u241b'");
    }

    @Test
    void aModelThatIsADeviceIsNotCalledEmpty() {
        CommandRun run = CommandRun.of("inspect", "/dev/zero");
        assertThat(run.errLines())
                .containsExactly(
                        "elastic: /dev/zero is a device or a pipe, not a model; give a model file (.onnx or .engine)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "predict --version", "inspect -V"})
    void everyCommandKnowsItsVersion(String line) {
        CommandRun run = CommandRun.of((Object[]) line.split(" "));
        assertThat(run.out()).startsWith("elastic " + Version.current());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void verbosePrintsTheStackTraceToo() {
        CommandRun run = CommandRun.of("--verbose", "inspect", folder.resolve("missing.onnx"));
        assertThat(run.err())
                .contains("ModelException", "\tat ")
                .endsWith("does not exist; check the path of the model" + System.lineSeparator());
    }

    @Test
    void errorsOfTheMachineAreOneLineToo() {
        assertThat(Failures.message(new OutOfMemoryError("Java heap space"))).startsWith("out of memory; ");
        assertThat(Failures.message(new UnsatisfiedLinkError("no jnionnx\nin path")))
                .startsWith("a library cannot be loaded")
                .doesNotContain("\n");
        assertThat(Failures.message(new ExceptionInInitializerError(new UnsatisfiedLinkError("libcupti.so.13: none"))))
                .contains("libcupti.so.13: none");
        assertThat(Failures.message(new ExceptionInInitializerError(new ElasticVisionException("install CUPTI"))))
                .isEqualTo("install CUPTI");
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.addSubcommand("fail", new FailingCommand());
        StringWriter err = new StringWriter();
        commandLine.setErr(new PrintWriter(err));
        assertThat(commandLine.execute("fail")).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("out of memory");
    }

    @CommandLine.Command(name = "fail")
    static final class FailingCommand implements ElasticCommand {
        @Override
        public Integer call() {
            throw new OutOfMemoryError("no room");
        }
    }
}
