package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.elasticvision.convert.Conversion;
import org.elasticvision.convert.ConversionOptions;
import org.elasticvision.convert.SafetensorsExport;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.file.CheckpointSearch;
import org.elasticvision.convert.cli.conversion.CalibrationImages;
import org.elasticvision.convert.cli.conversion.Int8Step;
import org.elasticvision.convert.cli.conversion.ModelName;
import org.elasticvision.convert.cli.conversion.SeveralCheckpoints;
import org.elasticvision.convert.cli.conversion.TargetPrecision;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ViewConverter;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic convert}: a checkpoint becomes an ONNX file. */
@Command(
        name = "convert",
        description =
                "Converts PyTorch checkpoints (.pth.tar, .pth, .safetensors) into ONNX models that carry their labels"
                        + " and preprocessing. Architecture and task are recognised from the file.",
        footer = {
            "%nExamples:",
            "  elastic convert resnext50_elastic.pth.tar",
            "  elastic convert --precision int8 --calibrate photos/ resnext50_elastic.pth.tar",
            "  elastic convert -o models/ runs/ released/*.pth.tar"
        })
public final class ConvertCommand implements ElasticCommand {
    private static final String SAFETENSORS = ".safetensors";
    private static final Set<String> ABOUT_THE_MODEL = Set.of(
            "--labels",
            "--input-size",
            "--batch",
            "--opset",
            "--compatible",
            "--precision",
            "--calibrate",
            "--no-optimize");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CHECKPOINT",
            description = "A file that torch.save wrote, or a safetensors file; 'elastic models' lists the released"
                    + " ones. Of several, of a folder of them or a pattern in quotes, such as 'runs/*/*.pth', each is"
                    + " converted on its own; a table at the end says what became of each, and if any failed the exit"
                    + " code is 1.")
    private List<Path> checkpoints;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "The model to write (default: the checkpoint's name with .onnx, of int8 .int8.onnx, beside it)."
                            + " With the ending"
                            + " .safetensors: the weights alone, in that format. Of several checkpoints: the folder to write"
                            + " into.")
    private Optional<Path> output;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description = "Which of the file's entries holds the weights, as a path of keys from the file's"
                    + " root, such as state_dict_ema or ema.model (default: the only one"
                    + " that fits a network, or state_dict).")
    private Optional<String> entry;

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            converter = Converters.ToArchitecture.class,
            description = "The architecture, such as resnext50_elastic (default: recognised).")
    private Optional<Architecture> architecture;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            converter = Converters.ToTask.class,
            description =
                    "classification, multilabel or segmentation (default: recognised; 80 classes mean multilabel).")
    private Optional<Task> task;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "A label per line, in class order, optionally 'id TAB label' (default: those that the"
                    + " checkpoint carries, else of ImageNet, MSCOCO or PASCAL VOC where the number of classes"
                    + " fits).")
    private Optional<Path> labels;

    @Option(
            names = "--input-size",
            paramLabel = "HxW",
            converter = Converters.ToInputSize.class,
            description =
                    "Input height and width in pixels, or one number (default: what the checkpoint was trained for,"
                            + " else 224, for segmentation 513; none for resnext_tiny networks).")
    private Optional<InputSize> inputSize;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "dynamic",
            converter = Converters.ToBatch.class,
            description = "Images per call: a number, or dynamic (default: ${DEFAULT-VALUE}).")
    private BatchDimension batch;

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "18",
            converter = Converters.ToOpset.class,
            description = "ONNX operator set, 13 to 21 (default: ${DEFAULT-VALUE}).")
    private Opset opset;

    @Option(
            names = "--compatible",
            description =
                    "Write the model so that other programs read it, such as OpenVINO, ncnn (by way of pnnx) and onnx2torch:"
                            + " in ONNX's operator set 13, without attributes that came later.")
    private boolean compatible;

    @Option(
            names = "--precision",
            paramLabel = "fp32|fp16|int8",
            defaultValue = "fp32",
            description =
                    "Precision of weights and activations, fp32, fp16 or int8; input and output stay float32. fp16"
                            + " is for GPUs, a CPU is slower with it. int8 is for CPUs and needs --calibrate; 'elastic quantize',"
                            + " which makes it of an fp32 model, has more options (default: ${DEFAULT-VALUE}).")
    private TargetPrecision precision;

    @Option(
            names = "--calibrate",
            paramLabel = "IMAGE",
            description =
                    "For --precision int8: an image or a folder of images like those that the model will see, 100 to 500"
                            + " in all; may be given several times. Of more than 256, as many are taken, evenly spread.")
    private List<Path> calibration = List.of();

    @Option(
            names = "--exif",
            paramLabel = ViewConverter.LABEL,
            converter = ViewConverter.class,
            description =
                    "Whether the network was trained on photos turned upright as their EXIF data say, or as they are"
                            + " stored, so that the model sees them in the same way (default: as the checkpoint says).")
    private Optional<View> view;

    @Option(
            names = "--no-optimize",
            description = "Write the network operation by operation, without folding BatchNorm or merging branches.")
    private boolean literal;

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Integer call() throws IOException {
        check();
        Path first = checkpoints.get(0);
        boolean one = checkpoints.size() == 1
                && CheckpointSearch.of(first).stream()
                        .allMatch(found -> found.file().equals(first));
        return one ? convertOne(first) : convertSeveral();
    }

    private void check() {
        if (compatible) {
            Given.refuse(spec, "is chosen by --compatible", "--opset");
        }
        if (precision != TargetPrecision.INT8) {
            Given.refuse(spec, "is for --precision int8", "--calibrate");
        } else if (calibration.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--precision int8 needs --calibrate: a folder of images like those that the model will see");
        }
    }

    private int convertOne(Path checkpoint) throws IOException {
        long start = System.nanoTime();
        Path model = output.orElseGet(() -> ModelName.of(checkpoint, precision.ending()));
        try (Outputs outputs = new Outputs(spec)) {
            outputs.reads("the checkpoint", checkpoint);
            labels.ifPresent(file -> outputs.reads("--labels", file));
            if (output.isPresent() || Files.exists(checkpoint)) {
                outputs.file("-o", model);
            }
            requireEndingOfModels(model);
            return convert(checkpoint, model, start);
        }
    }

    private int convertSeveral() {
        output.filter(folder -> folder.toString().endsWith(".onnx") || ModelName.isOfCheckpoint(folder))
                .ifPresent(file -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            "-o " + file + " names one file, and CHECKPOINT may be several; give a folder");
                });
        ConversionOptions options = options();
        CalibrationImages images = CalibrationImages.of(calibration, CalibrationImages.USUAL);
        PrintWriter out = spec.commandLine().getOut();
        int code = new SeveralCheckpoints(spec, checkpoints)
                .convert(output, precision.ending(), (checkpoint, model) -> {
                    try (Checkpoint opened = Checkpoint.open(checkpoint)) {
                        return convert(opened, model, options, images, note -> out.println(checkpoint + ": " + note));
                    }
                });
        advise(out);
        return code;
    }

    private void requireEndingOfModels(Path model) {
        if (ModelName.isOfCheckpoint(model) && !model.toString().endsWith(SAFETENSORS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-o " + model + " ends as checkpoints do, and would be an ONNX model; name a file .onnx, or"
                            + " .safetensors for the weights alone");
        }
    }

    private ConversionOptions options() {
        return new ConversionOptions(
                entry,
                architecture,
                task,
                labels.map(Labels::read),
                inputSize,
                batch,
                compatible ? Opset.COMPATIBLE : opset,
                !literal,
                precision.exported(),
                view);
    }

    /** To int8 by way of an fp32 model that goes again. */
    private ModelInfo convert(
            Checkpoint opened,
            Path model,
            ConversionOptions options,
            CalibrationImages images,
            Consumer<String> notes) {
        if (precision != TargetPrecision.INT8) {
            return Conversion.convert(opened, model, options, notes);
        }
        try (TemporaryFolder folder = TemporaryFolder.create("convert")) {
            Path fp32 = folder.resolve("fp32.onnx");
            ModelInfo info = Conversion.convert(opened, fp32, options, notes);
            notes.accept(Int8Step.write(fp32, model, Int8Target.CPU, images));
            return info.withPrecision("int8");
        }
    }

    private int convert(Path checkpoint, Path model, long start) throws IOException {
        ConversionOptions options = options();
        PrintWriter out = spec.commandLine().getOut();
        ModelInfo info;
        try (Checkpoint opened = Checkpoint.open(checkpoint)) {
            if (model.toString().endsWith(SAFETENSORS)) {
                return writeWeights(opened, model);
            }
            CalibrationImages images = CalibrationImages.of(calibration, CalibrationImages.USUAL);
            info = convert(opened, model, options, images, out::println);
        }
        out.printf(
                Locale.ROOT,
                "%s: %s, %s of %,d classes, input %dx%d, %s, %.1f MB, %.1f s%n",
                model,
                info.architecture(),
                info.task(),
                info.labels().size(),
                info.preprocessing().height(),
                info.preprocessing().width(),
                info.precision(),
                Files.size(model) / 1e6,
                (System.nanoTime() - start) / 1e9);
        advise(out);
        return 0;
    }

    private void advise(PrintWriter out) {
        if (precision == TargetPrecision.FP16) {
            out.println("fp16 is for GPUs: on a CPU fp32 is faster, and int8 faster still ('" + CommandText.name()
                    + " quantize')");
        }
    }

    /** What is about the model and not about its weights has no place in such a file. */
    private int writeWeights(Checkpoint opened, Path file) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<String> useless = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(ABOUT_THE_MODEL::contains)
                .toList();
        if (!useless.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-o " + file + " writes weights alone: leave out " + String.join(", ", useless));
        }
        SafetensorsExport.Written written =
                SafetensorsExport.write(opened, file, entry, architecture, task, out::println);
        out.printf(
                Locale.ROOT,
                "%s: the weights of a %s, %,d tensors, %.1f MB%n",
                file,
                written.architecture(),
                written.tensors(),
                Files.size(file) / 1e6);
        return 0;
    }
}
