package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.convert.Verification;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.ProviderOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.io.FileKind;
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
            "  elastic verify --provider onednn --inference-precision bf16 resnext50_elastic.onnx resnext50_elastic.onnx"
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
        return isModel ? besideModel() : besideCheckpoint();
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
        return verdict(agreement, EXACT);
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
        return verdict(comparison.agreement(), usual);
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

    private int verdict(Agreement agreement, double usual) {
        double reduced =
                switch (provider.engine().precision()) {
                    case FP32 -> 0;
                    case FP16 -> HALF;
                    case BF16, AUTO -> BFLOAT;
                };
        double allowed = tolerance.orElse(Math.max(usual, reduced));
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
