package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.elasticvision.convert.cli.conversion.CalibrationImages;
import org.elasticvision.convert.cli.conversion.EngineModel;
import org.elasticvision.convert.cli.conversion.ModelName;
import org.elasticvision.convert.cli.conversion.TargetPrecision;
import org.elasticvision.convert.tensorrt.Batches;
import org.elasticvision.convert.tensorrt.BuildOptions;
import org.elasticvision.convert.tensorrt.EngineBuild;
import org.elasticvision.convert.tensorrt.EngineBuilder;
import org.elasticvision.convert.tensorrt.MemorySize;
import org.elasticvision.convert.tensorrt.builder.TensorRtBuilder;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic build-engine}: an ONNX model becomes a TensorRT engine. */
@Command(
        name = "build-engine",
        description = {
            "Builds a TensorRT engine from an ONNX model or a checkpoint, for the GPU that it is built on. Takes minutes."
                    + " Labels and preprocessing, which"
                    + " an engine cannot hold, go into a file beside it, FILE.json, which belongs to it.",
            "The precision is the model's, of a checkpoint fp32. --fp16 and --int8 make an fp16 or int8 model of a"
                    + " checkpoint or an fp32 model on the way, and keep nothing but the engine; 'elastic quantize --target"
                    + " tensorrt' has more options for int8."
        },
        footer = {
            "%nExamples:",
            "  elastic build-engine resnext50_elastic.onnx",
            "  elastic build-engine --batch 1,8,32 --workspace 4G resnext50_elastic.fp16.onnx",
            "  elastic build-engine --fp16 resnext50_elastic.pth.tar",
            "  elastic build-engine --int8 --calibrate photos/ resnext50_elastic.onnx"
        })
public final class BuildEngineCommand implements ElasticCommand {
    private final Supplier<? extends EngineBuilder> builders;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            description = "An ONNX model that 'elastic convert' or 'quantize' wrote, or a checkpoint.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The engine to write (default: the model's name with .engine, beside it).")
    private Optional<Path> output;

    @Option(names = "--fp16", description = "Compute a checkpoint or an fp32 model in fp16.")
    private boolean half;

    @Option(
            names = "--int8",
            description =
                    "Compute a checkpoint or an fp32 model in int8, quantized as 'elastic quantize --target tensorrt' does"
                            + " by default; needs --calibrate.")
    private boolean int8;

    @Option(
            names = "--calibrate",
            paramLabel = "IMAGE",
            description =
                    "For --int8: an image or a folder of images like those that the engine will see, 100 to 500 in all;"
                            + " may be given several times. Of more than 256, as many are taken, evenly spread.")
    private List<Path> calibration = List.of();

    @Option(
            names = "--batch",
            paramLabel = "N|MIN,OPT,MAX",
            converter = Converters.ToBatchRange.class,
            description =
                    "Images per call: a number, or the fewest, the number to be fastest for and the most (default:"
                            + " what the model fixes, else 1).")
    private Optional<BatchRange> batch;

    @Option(
            names = "--workspace",
            paramLabel = "SIZE",
            converter = Converters.ToMemorySize.class,
            description = "The most GPU memory for intermediate results, such as 4G (default: all that there is).")
    private Optional<MemorySize> workspace;

    @Option(
            names = "--level",
            paramLabel = "0-5",
            defaultValue = "" + BuildOptions.DEFAULT_LEVEL,
            description = "How thoroughly to search: 0 builds fastest, 5 gives the fastest engine (default:"
                    + " ${DEFAULT-VALUE}).")
    private int level;

    @Option(
            names = "--timing-cache",
            paramLabel = "FILE",
            description = "File in which measurements are kept, which make the next build faster (default:"
                    + " ~/.cache/elasticvision/tensorrt/timing.cache).")
    private Optional<Path> timingCache;

    @Option(
            names = "--hardware-compatible",
            description = "Make the engine run on other GPUs too, from Ampere (compute capability 8.0) on;"
                    + " somewhat slower.")
    private boolean hardwareCompatible;

    @Option(
            names = "--version-compatible",
            description = "Make the engine run with later versions of TensorRT of the same major number too; somewhat"
                    + " slower.")
    private boolean versionCompatible;

    @Option(
            names = "--gpu",
            paramLabel = "N",
            defaultValue = "0",
            description = "The GPU to build on and for, numbered from 0 (default: ${DEFAULT-VALUE}).")
    private int gpu;

    /** Builds with TensorRT. */
    public BuildEngineCommand() {
        this(TensorRtBuilder::find);
    }

    /** @param builders asked once the model and the options are known to be right */
    BuildEngineCommand(Supplier<? extends EngineBuilder> builders) {
        this.builders = builders;
    }

    @Override
    public int order() {
        return 26;
    }

    @Override
    public Integer call() throws IOException {
        BuildOptions options = options();
        Optional<TargetPrecision> precision = precision();
        Path engine = output.orElseGet(this::beside);
        try (Outputs outputs = new Outputs(spec)) {
            outputs.reads("the model", file);
            if (Files.exists(file)) {
                outputs.file("-o", engine);
                outputs.file("-o", EngineDescription.beside(engine));
                timingCache.ifPresent(cache -> outputs.file("--timing-cache", cache));
            }
            return build(engine, options, precision);
        }
    }

    private Optional<TargetPrecision> precision() {
        if (half && int8) {
            throw wrong("--fp16 and --int8 are two precisions; give one");
        }
        if (!int8) {
            Given.refuse(spec, "is for --int8", "--calibrate");
            return half ? Optional.of(TargetPrecision.FP16) : Optional.empty();
        }
        if (calibration.isEmpty()) {
            throw wrong("--int8 needs --calibrate: a folder of images like those that the engine will see");
        }
        return Optional.of(TargetPrecision.INT8);
    }

    private int build(Path engine, BuildOptions options, Optional<TargetPrecision> precision) throws IOException {
        Optional<CalibrationImages> images = Optional.of(calibration)
                .filter(named -> !named.isEmpty())
                .map(named -> CalibrationImages.of(named, CalibrationImages.USUAL));
        if (!EngineModel.isToBeMade(file, precision)) {
            return build(engine, EngineBuild.of(file, options));
        }
        builders.get().gpu(gpu); // before the work on a model from which nothing here could build an engine
        try (EngineModel model =
                EngineModel.make(file, precision, images, spec.commandLine().getOut()::println)) {
            return build(engine, EngineBuild.of(model.file(), options).madeOf(file, madeWith()));
        }
    }

    /** What has to be said again to build the engine anew. */
    private List<String> madeWith() {
        return int8 ? List.of("--int8", "--calibrate", "IMAGES") : half ? List.of("--fp16") : List.of();
    }

    private int build(Path engine, EngineBuild build) throws IOException {
        EngineBuilder builder = builders.get();
        long start = System.nanoTime();
        EngineBuild.Result result;
        try (BuildProgress progress = BuildProgress.of(spec.commandLine().getErr())) {
            result = build.write(engine, builder, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        EngineDescription description = result.description();
        out.printf(
                Locale.ROOT,
                "%s: %s, %s, batch %s, %.1f MB, %.1f s, TensorRT %s, %s (%s)%n",
                engine,
                build.info().architecture(),
                build.info().precision(),
                Batches.text(description.batch()),
                Files.size(engine) / 1e6,
                (System.nanoTime() - start) / 1e9,
                description.tensorRt(),
                description.gpu().name(),
                description.gpu().computeCapability());
        out.println(EngineDescription.beside(engine) + ": belongs to it; keep the two together");
        result.notes().forEach(out::println);
        return 0;
    }

    private BuildOptions options() {
        try {
            return new BuildOptions(batch, workspace, level, timingCache, hardwareCompatible, versionCompatible, gpu);
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage());
        }
    }

    private Path beside() {
        Path name = file.getFileName();
        if (name == null || !name.toString().endsWith(".onnx")) {
            return ModelName.of(file, ".engine");
        }
        return file.resolveSibling(name.toString().replaceFirst("\\.onnx$", "") + ".engine");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
