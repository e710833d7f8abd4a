package org.elasticvision.convert.tensorrt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * From an ONNX model to a TensorRT engine for one GPU.
 *
 * <pre>{@code
 * EngineBuild build = EngineBuild.of(
 *         Path.of("model.onnx"), BuildOptions.defaults().withBatch(new BatchRange(1, 8, 32)));
 * build.write(Path.of("model.engine"), TensorRtBuilder.find(), stage -> System.out.println(stage.text()));
 * }</pre>
 */
public final class EngineBuild {
    private static final int AMPERE = 8;

    private final Path file;
    private final BuildOptions options;
    private final ModelInfo info;
    private final Map<String, String> metadata;
    private final Graph.Port input;
    private final BatchRange batch;
    private final boolean batchIsOpen;
    private final String modelFile;
    private final List<String> madeWith;

    private EngineBuild(Path file, BuildOptions options, OnnxModel model, String modelFile, List<String> madeWith) {
        this.file = file;
        this.modelFile = modelFile;
        this.madeWith = List.copyOf(madeWith);
        this.options = options;
        this.metadata = model.metadata();
        this.info = ModelInfo.fromMetadata(file.toString(), metadata);
        this.input = model.graph().input();
        this.batch = Batches.of(file, model.fixedBatch(), options.batch());
        this.batchIsOpen = model.fixedBatch().isEmpty();
    }

    /**
     * Looks at a model; needs neither a GPU nor TensorRT.
     *
     * @param file the file
     * @param options how it is done
     * @return what is to be built
     * @throws ModelException if it is missing or damaged, no model that {@code elastic} wrote, or made for CPUs
     * @throws ElasticVisionException if it has a fixed batch and another one is asked for
     */
    public static EngineBuild of(Path file, BuildOptions options) {
        OnnxModel model = OnnxModel.read(file);
        EngineBuild build = new EngineBuild(file, options, model, String.valueOf(file.getFileName()), List.of());
        build.requireShape();
        build.requireSigned(model.graph());
        return build;
    }

    /**
     * {@return the same, of a model that was made on the way and will be gone: its engine says what it was made of}
     *
     * @param origin the checkpoint or the model that it was made of
     * @param with the options that {@code elastic build-engine} made it with
     */
    public EngineBuild madeOf(Path origin, List<String> with) {
        return new EngineBuild(file, options, OnnxModel.read(file), String.valueOf(origin.getFileName()), with);
    }

    private void requireShape() {
        List<String> dimensions = input.dimensions();
        boolean known = dimensions.stream()
                .skip(1)
                .allMatch(dimension -> !dimension.isEmpty() && Character.isDigit(dimension.charAt(0)));
        if (dimensions.size() != 4 || !known) {
            throw new ModelException(file + ": the input '" + input.name() + "' has the shape " + dimensions
                    + ", of which only the batch may be open; convert the checkpoint with 'elastic convert'");
        }
    }

    /** TensorRT knows no other 8-bit numbers than signed ones around zero. */
    private void requireSigned(Graph graph) {
        boolean unsigned = graph.initializers().stream()
                .anyMatch(initializer -> initializer instanceof Initializer.Bytes bytes && !bytes.signed());
        if (unsigned) {
            throw new ModelException(file + " was quantized for CPUs; make one for TensorRT of the fp32 model with"
                    + " 'elastic quantize --target tensorrt'");
        }
    }

    /** {@return what the model says of itself} */
    public ModelInfo info() {
        return info;
    }

    /**
     * The result.
     *
     * @param notes what the person should know though it succeeded, each one line
     */
    public record Result(EngineDescription description, List<String> notes) {
        public Result {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Builds the engine and writes it with its description beside it, both or neither.
     *
     * @param engine the file to write
     * @param builder what builds it
     * @param stages receives each stage as it begins
     * @return what was built
     * @throws ElasticVisionException if the GPU does not suit, TensorRT refuses the model, memory does not suffice, or
     *     the files cannot be written; the last is found out before the engine is built
     */
    public Result write(Path engine, EngineBuilder builder, Consumer<BuildStage> stages) {
        Gpu gpu = builder.gpu(options.gpu());
        requireFitting(gpu);
        TimingCacheFile cache = TimingCacheFile.of(options.timingCache());
        List<Result> results = new ArrayList<>();
        new EngineFiles(engine).write(saving -> {
            String modelSha256 = ContentHash.ofFile(file);
            try (BuiltEngine built = builder.build(plan(cache.read()), stages)) {
                stages.accept(BuildStage.SAVE);
                EngineDescription description = saving.save(
                        built.contents(), engineSha256 -> describe(engineSha256, modelSha256, builder.version(), gpu));
                List<String> notes = new ArrayList<>(built.notes());
                cache.write(built.timingCache()).ifPresent(notes::add);
                results.add(new Result(description, notes));
            }
        });
        return results.get(0);
    }

    private void requireFitting(Gpu gpu) {
        Optional<MemorySize> workspace = options.workspace();
        if (workspace.isPresent() && workspace.get().bytes() > gpu.memoryBytes()) {
            throw new ElasticVisionException("a workspace of " + workspace.get() + " is more than the "
                    + new MemorySize(Math.max(1, gpu.memoryBytes())) + " of GPU " + options.gpu() + " (" + gpu.name()
                    + "); ask for less, or leave it out to allow all of it");
        }
        if (options.hardwareCompatible() && gpu.major() < AMPERE) {
            throw new ElasticVisionException(
                    "a hardware-compatible engine runs on compute capability 8.0 and later, but GPU "
                            + options.gpu() + " (" + gpu.name() + ") has " + gpu.computeCapability()
                            + "; build it on a later GPU, or for this one alone");
        }
    }

    private BuildPlan plan(byte[] timingCache) {
        Optional<BuildPlan.Profile> profile = batchIsOpen
                ? Optional.of(new BuildPlan.Profile(shape(batch.min()), shape(batch.opt()), shape(batch.max())))
                : Optional.empty();
        return new BuildPlan(
                file,
                input.name(),
                profile,
                options.workspace(),
                options.level(),
                options.hardwareCompatible(),
                options.versionCompatible(),
                options.gpu(),
                timingCache);
    }

    private List<Long> shape(int images) {
        List<Long> shape = new ArrayList<>();
        shape.add((long) images);
        input.dimensions().stream().skip(1).map(Long::valueOf).forEach(shape::add);
        return shape;
    }

    private EngineDescription describe(String engineSha256, String modelSha256, String version, Gpu gpu) {
        return new EngineDescription(
                engineSha256,
                modelFile,
                modelSha256,
                version,
                gpu,
                batch,
                options.hardwareCompatible(),
                options.versionCompatible(),
                metadata,
                madeWith);
    }
}
