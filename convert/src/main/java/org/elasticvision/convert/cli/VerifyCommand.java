package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.elasticvision.convert.Verification;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.cli.verification.BareInput;
import org.elasticvision.convert.cli.verification.ReductionFiles;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.compare.reduce.Reducer;
import org.elasticvision.convert.compare.reduce.Reduction;
import org.elasticvision.convert.compare.reduce.Runner;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ProviderOptions;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.io.FileKind;
import org.elasticvision.runtime.io.TemporaryFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic verify}: does a model still answer what it was made from answers? */
@Command(
        name = "verify",
        description = {
            "Compares a model with what it was made from and prints how far their outputs differ. Exit code 1 past the"
                    + " tolerance.",
            "With a checkpoint, whose network is converted without optimization; or an fp32 model with one in"
                    + " fp16 or int8. What it is compared with runs in ONNX Runtime on the CPU; --provider and"
                    + " --inference-precision are for the other: for MODEL beside a checkpoint, for OTHER beside a"
                    + " model, which may be the same file."
        },
        footer = {
            "%nExamples:",
            "  elastic verify resnext50_elastic.onnx resnext50_elastic.pth.tar",
            "  elastic verify --data photos/ --layers resnext50_elastic.onnx resnext50_elastic.int8.onnx",
            "  elastic verify --provider onednn --inference-precision bf16 resnext50_elastic.onnx resnext50_elastic.onnx",
            "  elastic verify --reduce smallest/ resnext50_elastic.onnx resnext50_elastic.int8.onnx"
        })
public final class VerifyCommand implements ElasticCommand {
    private static final double EXACT = 1e-4;
    private static final double HALF = 2e-2;
    private static final double BFLOAT = 5e-2;
    private static final double EIGHT_BITS = 0.25;
    private static final String IN_FP32 = "and in fp32, without what --inference-precision costs:";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "An ONNX model.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "OTHER",
            description = "The checkpoint that the model was converted from, or a model that was made from it.")
    private Path other;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description = "With a checkpoint: which of its entries holds the weights, as for 'elastic convert'.")
    private Optional<String> entry;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description =
                    "The largest error allowed, as a share of the largest logit (default: 1e-4; of fp16 models and in"
                            + " fp16 0.02, in bf16 0.05, of int8 models 0.25).")
    private Optional<Double> tolerance;

    @Option(
            names = "--data",
            paramLabel = "IMAGE",
            description = "Two models: an image or a folder of images (default: made-up pictures).")
    private List<Path> data = List.of();

    @Option(
            names = "--layers",
            description = "Two models: the error of each layer too, and which is the first bad one. Needs --data.")
    private boolean layers;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many made-up pictures to compare on (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many of the --data to compare on at most, spread over all (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed of the made-up pictures (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--tensor",
            paramLabel = "IN.npy",
            description =
                    "Two models, which may be any ONNX files of one float32 input and output: compare the bare networks"
                            + " on this prepared input instead of images.")
    private Optional<Path> tensor;

    @Option(
            names = "--reduce",
            paramLabel = "DIR",
            description =
                    "Where the two differ beyond --tolerance: search the first value inside the network that differs"
                            + " while all that it is made of agree, and write the smallest part that shows it into this folder,"
                            + " with its input, both outputs and the command that repeats it.")
    private Optional<Path> reduced;

    @Mixin
    private ProviderOptions provider;

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Integer call() {
        if (pictures < 1 || images < 1 || !(tolerance.orElse(0.0) >= 0)) {
            throw wrong("--pictures and --images must be at least 1 and --tolerance at least 0");
        }
        if (isCheckpoint(model)) {
            throw wrong("MODEL " + model + " is a checkpoint; give the .onnx model first, then the checkpoint");
        }
        boolean isModel = other.toString().endsWith(".onnx");
        provider.check(List.of(isModel ? other : model));
        if (reduced.isPresent()) {
            Given.refuse(spec, "compares whole models, and --reduce parts of them", "--layers");
        }
        if (tensor.isPresent()) {
            Given.refuse(
                    spec,
                    "is not for --tensor, which is the input",
                    "--data",
                    "--entry",
                    "--layers",
                    "--images",
                    "--pictures",
                    "--seed");
        }
        try (Outputs outputs = new Outputs(spec)) {
            outputs.reads("the first model", model);
            outputs.reads("the second model", other);
            tensor.ifPresent(file -> outputs.reads("--tensor", file));
            reduced.ifPresent(folder -> outputs.folder("--reduce", folder, ReductionFiles.NAMES));
            if (!isModel) {
                return besideCheckpoint();
            }
            return tensor.isPresent() ? bare(tensor.get()) : besideModel();
        }
    }

    private int bare(Path file) {
        Tensor input = BareInput.read(file);
        Tensor expected =
                Runner.of(EngineOptions.defaults().withProvider(Provider.CPU)).run(model, input);
        Tensor actual = Runner.of(provider.engine()).run(other, input);
        if (!expected.shape().equals(actual.shape())) {
            throw new ModelException("the outputs have the shapes " + expected.shape() + " and " + actual.shape()
                    + "; give two forms of one network");
        }
        Agreement agreement = new Agreement();
        agreement.add(expected.values(), actual.values(), 1);
        ComparisonText.print(spec.commandLine().getOut(), agreement);
        return reduce(verdict(agreement, EXACT), model, other, allowed(EXACT), () -> List.of(input));
    }

    /** Where the two differ and somebody asks where. */
    private int reduce(int code, Path expected, Path actual, double allowed, Supplier<List<Tensor>> inputs) {
        if (reduced.isEmpty()) {
            return code;
        }
        if (code == 0) {
            say("nothing to reduce: they differ by no more than the tolerance");
            return code;
        }
        try (Reducer reducer = new Reducer(
                expected,
                Runner.of(EngineOptions.defaults().withProvider(Provider.CPU)),
                actual,
                Runner.of(provider.engine()),
                allowed)) {
            PrintWriter out = spec.commandLine().getOut();
            Optional<Reduction> found = reducer.reduce(inputs.get());
            found.ifPresentOrElse(
                    part -> new ReductionFiles(reduced.get()).write(part, allowed, provider.words(), out),
                    () -> say("nothing to reduce: the bare networks agree on each input"));
        }
        return code;
    }

    private static boolean isCheckpoint(Path file) {
        try {
            return FileKind.of(file)
                    .filter(kind -> kind == FileKind.CHECKPOINT || kind == FileKind.SAFETENSORS)
                    .isPresent();
        } catch (IOException e) {
            return false; // opening it says why
        }
    }

    private int besideCheckpoint() {
        if (layers || !data.isEmpty()) {
            throw wrong("--layers and --data are for two models; OTHER is a checkpoint");
        }
        Given.refuse(spec, "is for two models and --data; OTHER is a checkpoint", "--images");
        Given.refuse(spec, "is for two models; OTHER is a checkpoint", "--tensor");
        ModelOptions options = provider.applyTo(ModelOptions.defaults());
        Agreement agreement;
        try (Checkpoint opened = Checkpoint.open(other)) {
            agreement = Verification.verify(model, options, opened, entry, pictures, seed);
            print(agreement);
            if (isReduced()) {
                say(IN_FP32);
                print(Verification.verify(
                        model, options.withPrecision(InferencePrecision.FP32), opened, entry, pictures, seed));
            }
        }
        int code = verdict(agreement, EXACT);
        if (reduced.isEmpty() || code == 0) {
            return reduce(code, model, model, allowed(EXACT), List::of);
        }
        try (TemporaryFolder folder = TemporaryFolder.create("verify");
                Checkpoint opened = Checkpoint.open(other);
                Model<?> actual = Model.open(model, options)) {
            Path literal = folder.resolve("literal.onnx");
            Verification.convertLiterally(model, actual.info(), opened, entry, literal);
            return reduce(code, literal, model, allowed(EXACT), () -> inputs(actual, List.of()));
        }
    }

    /** Of images a few: each goes through the whole network again. */
    private List<Tensor> inputs(Model<?> whole, List<ImageSource> chosen) {
        TensorShape shape = whole.inputShape().withBatch(1);
        if (data.isEmpty()) {
            return Verification.pictures(shape, pictures, seed).stream()
                    .map(picture -> new Tensor(shape, picture))
                    .toList();
        }
        Preprocessor preprocessor = new Preprocessor(whole.info().preprocessing());
        return ImageFiles.spread(chosen, Layers.ENOUGH).stream()
                .map(image -> {
                    FloatBuffer pixels = FloatBuffer.allocate(preprocessor.elementCount());
                    preprocessor.write(image.decode(whole.orientation()), pixels, 0);
                    return new Tensor(shape, pixels.array());
                })
                .toList();
    }

    private void print(Agreement agreement) {
        ComparisonText.print(spec.commandLine().getOut(), agreement);
        say(String.format(Locale.ROOT, "top-1 agrees  %.2f %%", 100 * agreement.top1()));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }

    private boolean isReduced() {
        return provider.engine().precision() != InferencePrecision.FP32;
    }

    private int besideModel() {
        if (entry.isPresent()) {
            throw wrong("--entry is for a checkpoint; OTHER is a model");
        }
        if (layers && data.isEmpty()) {
            throw wrong("--layers needs --data: images like those that the model will see");
        }
        if (data.isEmpty()) {
            Given.refuse(spec, "says how many of --data, which is not given", "--images");
        } else {
            Given.refuse(spec, "is about made-up pictures, and --data gives others", "--pictures", "--seed");
        }
        List<ImageSource> chosen = data.isEmpty() ? List.of() : ImageFiles.spread(ImageFiles.sources(data), images);
        ModelOptions published = ModelOptions.defaults().asPublished();
        ModelOptions options = provider.applyTo(published);
        ModelComparison comparison;
        Optional<ModelComparison> inFp32 = Optional.empty();
        double usual;
        try (Model<?> expected = Model.open(model, published.withProvider(Provider.CPU))) {
            try (Model<?> actual = Model.open(other, options)) {
                usual = usualTolerance(actual.info().precision());
                comparison = compare(expected, actual, chosen);
            }
            if (isReduced()) {
                try (Model<?> actual = Model.open(other, options.withPrecision(InferencePrecision.FP32))) {
                    inFp32 = Optional.of(compare(expected, actual, chosen));
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (layers) {
            Layers.print(out, Layers.compare(model, other, ImageFiles.spread(chosen, Layers.ENOUGH)));
        }
        out.printf("on %d %s:%n", comparison.images(), data.isEmpty() ? "made-up pictures" : "images");
        ComparisonText.print(out, comparison);
        inFp32.ifPresent(exact -> {
            say(IN_FP32);
            ComparisonText.print(out, exact);
        });
        int code = verdict(comparison.agreement(), usual);
        return reduce(code, model, other, allowed(usual), () -> {
            try (Model<?> whole = Model.open(model, published.withProvider(Provider.CPU))) {
                return inputs(whole, chosen);
            }
        });
    }

    private ModelComparison compare(Model<?> expected, Model<?> actual, List<ImageSource> chosen) {
        ModelComparison comparison = new ModelComparison(expected, actual);
        if (data.isEmpty()) {
            Verification.pictures(expected.inputShape(), pictures, seed).forEach(comparison::add);
        } else {
            chosen.forEach(comparison::add);
        }
        return comparison;
    }

    private static double usualTolerance(String precision) {
        return switch (precision) {
            case "int8" -> EIGHT_BITS;
            case "fp16" -> HALF;
            default -> EXACT;
        };
    }

    private double allowed(double usual) {
        double inPrecision =
                switch (provider.engine().precision()) {
                    case FP32 -> 0;
                    case FP16 -> HALF;
                    case BF16, AUTO -> BFLOAT;
                };
        return tolerance.orElse(Math.max(usual, inPrecision));
    }

    private int verdict(Agreement agreement, double usual) {
        double allowed = allowed(usual);
        if (agreement.relativeError() <= allowed) {
            spec.commandLine().getOut().printf("%s agrees with %s%n", model, other);
            return 0;
        }
        spec.commandLine().getOut().flush();
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "elastic: %s differs from %s by %.3g of the largest logit, more than %.3g; convert it again or raise"
                                + " --tolerance%n",
                        model,
                        other,
                        agreement.relativeError(),
                        allowed);
        return 1;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
