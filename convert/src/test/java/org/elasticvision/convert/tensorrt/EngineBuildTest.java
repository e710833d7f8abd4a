package org.elasticvision.convert.tensorrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** All that is decided before and after TensorRT does its part, with another in its place. */
class EngineBuildTest {
    @TempDir
    Path folder;

    private final FakeBuilder builder = new FakeBuilder();
    private final List<BuildStage> stages = new ArrayList<>();
    private Path model;
    private Path engine;
    private BuildOptions options;

    @BeforeEach
    void writeModel() {
        model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        engine = folder.resolve("tiny.engine");
        options = BuildOptions.defaults().withTimingCache(folder.resolve("timing.cache"));
    }

    @Test
    void theEngineIsDescribedBesideIt() throws IOException {
        EngineBuild.Result result = build(options.withBatch(new BatchRange(1, 8, 32)));
        assertThat(engine).hasContent(FakeBuilder.ENGINE);
        EngineDescription description = EngineDescriptionFile.read(folder.resolve("tiny.engine.json"));
        assertThat(description).isEqualTo(result.description());
        assertThat(description)
                .isEqualTo(new EngineDescription(
                        ContentHash.ofFile(engine),
                        "tiny.onnx",
                        ContentHash.ofFile(model),
                        "10.15.1",
                        FakeBuilder.GPU,
                        new BatchRange(1, 8, 32),
                        false,
                        false,
                        OnnxModel.read(model).metadata()));
        assertThat(stages).containsExactly(BuildStage.PARSE, BuildStage.OPTIMIZE, BuildStage.SAVE);
        assertThat(builder.closed).isEqualTo(1);
        assertOnlyThere("tiny.onnx", "tiny.engine", "tiny.engine.json", "timing.cache");
    }

    @Test
    void anOpenBatchGetsAProfile() {
        build(options.withBatch(new BatchRange(1, 8, 32)));
        BuildPlan plan = builder.plans.get(0);
        assertThat(plan.model()).isEqualTo(model);
        assertThat(plan.input()).isEqualTo(OnnxModel.read(model).graph().input().name());
        assertThat(plan.profile())
                .contains(new BuildPlan.Profile(
                        List.of(1L, 3L, 64L, 64L), List.of(8L, 3L, 64L, 64L), List.of(32L, 3L, 64L, 64L)));
        assertThat(plan.level()).isEqualTo(3);
        assertThat(plan.workspace()).isEmpty();
        assertThat(plan.hardwareCompatible()).isFalse();
        assertThat(plan.versionCompatible()).isFalse();
    }

    @Test
    void oneImageWhereNobodySaysHowMany() {
        assertThat(build(options).description().batch()).isEqualTo(BatchRange.of(1));
        List<Long> one = List.of(1L, 3L, 64L, 64L);
        assertThat(builder.plans.get(0).profile()).contains(new BuildPlan.Profile(one, one, one));
    }

    @Test
    void whatTheModelFixesNeedsNoProfileAndCannotBeChanged() {
        fixBatch(4);
        assertThat(build(options).description().batch()).isEqualTo(BatchRange.of(4));
        assertThat(builder.plans.get(0).profile()).isEmpty();
        build(options.withBatch(BatchRange.of(4)));
        assertThatThrownBy(() -> build(options.withBatch(new BatchRange(1, 4, 4))))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage(model + " takes exactly 4 images at once, not 1,4,4; leave --batch out, or convert the"
                        + " checkpoint with 'elastic convert --batch dynamic'");
    }

    private void fixBatch(int batch) {
        OnnxModel open = OnnxModel.read(model);
        Graph graph = open.graph();
        Graph fixed = new Graph(graph.name(), fixed(graph.input(), batch), fixed(graph.output(), batch));
        graph.initializers().forEach(fixed::put);
        graph.nodes().forEach(fixed::add);
        Path file = folder.resolve("fixed.onnx");
        new OnnxModel(fixed, open.opset(), open.metadata()).write(file);
        model = file;
    }

    private static Graph.Port fixed(Graph.Port port, int batch) {
        List<String> dimensions = new ArrayList<>(port.dimensions());
        dimensions.set(0, Integer.toString(batch));
        return new Graph.Port(port.name(), dimensions);
    }

    @Test
    void optionsReachTheBuilderAndTheDescription() {
        BuildOptions all = new BuildOptions(
                Optional.empty(), Optional.of(MemorySize.parse("4G")), 5, options.timingCache(), true, true, 0);
        EngineDescription description = build(all).description();
        BuildPlan plan = builder.plans.get(0);
        assertThat(plan.workspace()).contains(new MemorySize(4L << 30));
        assertThat(plan.level()).isEqualTo(5);
        assertThat(plan.hardwareCompatible()).isTrue();
        assertThat(plan.versionCompatible()).isTrue();
        assertThat(description.hardwareCompatible()).isTrue();
        assertThat(description.versionCompatible()).isTrue();
    }

    @Test
    void measurementsAreKeptForTheNextBuild() throws IOException {
        build(options);
        assertThat(builder.plans.get(0).timingCache()).isEmpty();
        assertThat(Files.readAllBytes(folder.resolve("timing.cache"))).isEqualTo(FakeBuilder.MEASURED);
        build(options);
        assertThat(builder.plans.get(1).timingCache()).isEqualTo(FakeBuilder.MEASURED);
    }

    @Test
    void aGpuThatDoesNotSuitIsRefusedBeforeAnythingIsBuilt() {
        FakeBuilder old = new FakeBuilder(new Gpu("NVIDIA Tesla T4", 7, 5, 16L << 30));
        BuildOptions compatible =
                new BuildOptions(Optional.empty(), Optional.empty(), 3, options.timingCache(), true, false, 0);
        assertThatThrownBy(() -> EngineBuild.of(model, compatible).write(engine, old, stages::add))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("(NVIDIA Tesla T4) has 7.5; build it on a later GPU, or for this one alone");
        BuildOptions large = new BuildOptions(
                Optional.empty(), Optional.of(MemorySize.parse("17G")), 3, options.timingCache(), false, false, 0);
        assertThatThrownBy(() -> EngineBuild.of(model, large).write(engine, old, stages::add))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("a workspace of 17G is more than the 16G of GPU 0");
        assertThat(old.plans).isEmpty();
        assertOnlyThere("tiny.onnx");
    }

    @Test
    void whereNothingCanBeWrittenNothingIsBuilt() throws IOException {
        engine = folder.resolve("none/tiny.engine");
        assertThatThrownBy(() -> build(options)).hasMessageContaining("create it first");
        engine = folder.resolve("tiny.engine");
        Files.createDirectory(folder.resolve("tiny.engine.json"));
        assertThatThrownBy(() -> build(options)).hasMessageContaining("is a folder");
        BuildOptions nowhere = options.withTimingCache(folder.resolve("none/timing.cache"));
        assertThatThrownBy(() -> build(nowhere)).hasMessageContaining("in a folder that exists");
        assertThat(builder.plans).isEmpty();
        assertOnlyThere("tiny.onnx", "tiny.engine.json");
    }

    @Test
    void aBuildThatFailsLeavesTheOldEngine() throws IOException {
        build(options);
        String old = Files.readString(folder.resolve("tiny.engine.json"));
        EngineBuilder failing = new FakeBuilder() {
            @Override
            public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> told) {
                throw new ElasticVisionException("refused");
            }
        };
        assertThatThrownBy(() -> EngineBuild.of(model, options).write(engine, failing, stages::add))
                .hasMessage("refused");
        assertThat(engine).hasContent(FakeBuilder.ENGINE);
        assertThat(folder.resolve("tiny.engine.json")).hasContent(old);
        assertOnlyThere("tiny.onnx", "tiny.engine", "tiny.engine.json", "timing.cache");
    }

    @Test
    void anEngineWhoseDescriptionCannotBeWrittenIsNotLeft() {
        EngineBuilder meddling = new FakeBuilder() {
            @Override
            public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> told) {
                try {
                    Files.createDirectories(folder.resolve("tiny.engine.json/in the way"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return super.build(plan, told);
            }
        };
        assertThatThrownBy(() -> EngineBuild.of(model, options).write(engine, meddling, stages::add))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("tiny.engine.json: cannot be written");
        assertOnlyThere("tiny.onnx", "timing.cache", "tiny.engine.json");
    }

    @Test
    void modelsThatTensorRtCannotTakeAreRefused() throws IOException {
        assertRefused(folder.resolve("none.onnx"), "does not exist");
        assertRefused(folder, "is a folder, not a model");
        assertRefused(Files.writeString(folder.resolve("text.onnx"), "no model"), "text.onnx");
        OnnxModel good = OnnxModel.read(model);
        Path bare = folder.resolve("bare.onnx");
        new OnnxModel(good.graph(), good.opset(), Map.of()).write(bare);
        assertRefused(bare, "has no metadata entry");
        Path unsigned = folder.resolve("unsigned.onnx");
        good.graph().put(new Initializer.Bytes("zero", List.of(), false, () -> new byte[1]));
        good.write(unsigned);
        assertRefused(unsigned, "was quantized for CPUs; make one for TensorRT of the fp32 model with");
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> EngineBuild.of(file, options))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining(message);
    }

    private EngineBuild.Result build(BuildOptions with) {
        return EngineBuild.of(model, with).write(engine, builder, stages::add);
    }

    private void assertOnlyThere(String... names) {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
