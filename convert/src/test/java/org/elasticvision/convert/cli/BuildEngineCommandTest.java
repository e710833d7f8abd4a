package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.convert.tensorrt.BuildPlan;
import org.elasticvision.convert.tensorrt.BuildStage;
import org.elasticvision.convert.tensorrt.BuiltEngine;
import org.elasticvision.convert.tensorrt.FakeBuilder;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** {@code elastic build-engine} as a person runs it: here without a GPU, and with a builder that takes TensorRT's place. */
class BuildEngineCommandTest {
    private static final Network NETWORK = Architecture.of("resnext50").network(Task.CLASSIFICATION, 2);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;

    @BeforeEach
    void writeModel() {
        model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
    }

    @Test
    void withoutAGpuOneLineSaysSo() {
        assumeThat(Cuda.status().problem()).as("there is a GPU here").isPresent();
        assertFails(1, "elastic: no engine can be built here: ");
        assertThat(err.toString()).doesNotContain("CPU"); // where nothing can be built
        assertThat(folder.resolve("tiny.engine")).doesNotExist();
    }

    @Test
    void wrongUseIsSaidBeforeGpusAreLookedFor() throws IOException {
        assertFails(2, "--level 6 must be between 0 and 5", "--level", "6");
        assertFails(2, "--gpu -1 must be at least 0", "--gpu", "-1");
        assertFails(2, "must be min,opt,max with 1 <= min <= opt <= max", "--batch", "8,4,2");
        assertFails(2, "'4X' is not a memory size", "--workspace", "4X");
        assertFails(2, "is the model itself; name another file", "-o", model.toString());
        assertFails(2, "is written by -o too", "-o", folder + "/x.engine", "--timing-cache", folder + "/x.engine.json");
        model = folder.resolve("none.onnx");
        assertFails(1, "none.onnx does not exist");
        model = Files.writeString(folder.resolve("text.onnx"), "not a model");
        assertFails(1, "text.onnx: ");
    }

    @Test
    void whatWasBuiltIsSummedUp() throws IOException {
        CommandLine command = new CommandLine(new BuildEngineCommand(FakeBuilder::new));
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        Path engine = folder.resolve("other.engine");
        int code = command.execute(
                model.toString(),
                "-o",
                engine.toString(),
                "--batch",
                "1,8,32",
                "--timing-cache",
                folder.resolve("cache").toString());
        assertThat(code).as(err.toString()).isZero();
        assertThat(engine).hasContent(FakeBuilder.ENGINE);
        assertThat(out.toString().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .matches(".*other\\.engine: resnext_tiny_elastic, fp32, batch 1,8,32, 0\\.0 MB, \\d+\\.\\d s,"
                                + " TensorRT 10\\.15\\.1, NVIDIA Fake 24GB \\(8\\.6\\)"))
                .anySatisfy(
                        line -> assertThat(line).endsWith("other.engine.json: belongs to it; keep the two together"));
    }

    @Test
    void aCheckpointAndAnFp32ModelAreReducedOnTheWay() throws IOException {
        Path checkpoint = CheckpointFiles.full(
                folder.resolve("best.pth.tar"),
                Optional.of("resnext50"),
                NETWORK.tensors(),
                new SyntheticWeights(NETWORK));
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Pictures.write(pictures, 2);
        assertBuilt(description("fp32", checkpoint), "best.pth.tar", List.of());
        assertBuilt(description("fp16", checkpoint, "--fp16"), "best.pth.tar", List.of("--fp16"));
        assertBuilt(description("fp16", model, "--fp16"), "tiny.onnx", List.of("--fp16"));
        EngineDescription int8 = description("int8", model, "--int8", "--calibrate", pictures.toString());
        assertBuilt(int8, "tiny.onnx", List.of("--int8", "--calibrate", "IMAGES"));
        assertThat(out.toString()).contains("int8 for tensorrt, calibrated with 2 images: ");
        assertThat(int8.rebuildCommand(folder.resolve("x.engine"))).contains("--batch 1 --int8 --calibrate IMAGES -o ");
    }

    /** Builds, and makes sure that what was made on the way is gone. */
    private EngineDescription description(String precision, Path file, String... options) {
        List<Path> models = new ArrayList<>();
        CommandLine command = new CommandLine(new BuildEngineCommand(() -> new FakeBuilder() {
            @Override
            public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages) {
                models.add(plan.model());
                assertThat(ModelInfo.fromMetadata(
                                        "", OnnxModel.read(plan.model()).metadata())
                                .precision())
                        .isEqualTo(precision);
                return super.build(plan, stages);
            }
        }));
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        Path engine = folder.resolve(precision + ".engine");
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of(file.toString(), "-o", engine.toString(), "--timing-cache", folder.resolve("cache") + ""));
        assertThat(command.execute(words.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        assertThat(models).hasSize(1).allSatisfy(made -> assertThat(made.getParent())
                .doesNotExist());
        return EngineDescriptionFile.read(EngineDescription.beside(engine));
    }

    private static void assertBuilt(EngineDescription description, String modelFile, List<String> madeWith) {
        assertThat(description.modelFile()).isEqualTo(modelFile);
        assertThat(description.madeWith()).isEqualTo(madeWith);
    }

    @Test
    void whatCannotBeReducedIsRefused() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        assertFails(2, "--fp16 and --int8 are two precisions; give one", "--fp16", "--int8");
        assertFails(2, "--int8 needs --calibrate", "--int8");
        assertFails(2, "--calibrate is for --int8; leave it out", "--calibrate", pictures.toString());
        assertFails(1, "no images in this folder", "--int8", "--calibrate", pictures.toString());
        OnnxModel read = OnnxModel.read(model);
        Path half = folder.resolve("half.onnx");
        new OnnxModel(
                        Passes.FP16.run(read.graph()),
                        read.opset(),
                        ModelInfo.fromMetadata("", read.metadata())
                                .withPrecision("fp16")
                                .toMetadata())
                .write(half);
        model = half;
        assertFails(1, "half.onnx is fp16 already; leave out --fp16 and --int8", "--fp16");
    }

    @Test
    void theBarShowsStageAndTime() {
        assertThat(BuildProgress.bar(1, Duration.ofSeconds(67), "trying out kernels", 80))
                .isEqualTo("[==        ] 1:07 trying out kernels");
        assertThat(BuildProgress.bar(0, Duration.ofMinutes(61), "reading the model", 20))
                .isEqualTo("[          ] 61:00 r");
    }

    private void assertFails(int code, String message, String... options) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("build-engine", model.toString()));
        arguments.addAll(List.of(options));
        CommandLine elastic = ElasticCommandLine.create();
        elastic.setOut(new PrintWriter(out, true));
        elastic.setErr(new PrintWriter(err, true));
        assertThat(elastic.execute(arguments.toArray(String[]::new))).isEqualTo(code);
        assertThat(err.toString()).contains(message).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }
}
