package org.elasticvision.convert.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.elasticvision.convert.quantize.AutoQuantization;
import org.elasticvision.convert.quantize.LayerLoss;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.ProviderOptions;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Quantizing as much as a bound on the loss allows. */
final class AutoOptions {
    private static final int CALLERS = Runtime.getRuntime().availableProcessors();

    private static final int MEASURED = 8;
    private static final String[] OF_ENGINES = {
        "--provider", "--provider-library", "--device", "--provider-option", "--gpu", "--inference-precision"
    };

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--auto",
            description =
                    "Leave the layers that hurt most in float until the model loses no more than --max-drop on --data.")
    private boolean wanted;

    @Option(
            names = "--max-drop",
            paramLabel = "POINTS",
            defaultValue = "0.5",
            description = "With --auto: how many percentage points may be lost (default: ${DEFAULT-VALUE}).")
    private double maxDrop;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "With --auto: labelled data, laid out as for 'elastic evaluate'.")
    private Optional<Path> data;

    @Option(names = "--limit", paramLabel = "N", description = "With --auto: only the first N images of the data.")
    private Optional<Integer> limit;

    @Option(
            names = "--by-order",
            description =
                    "With --auto: pair the classes of the data with the model's by their order alone, whatever they are called.")
    private boolean byOrder;

    boolean isWanted() {
        return wanted;
    }

    /** Checks what can be checked before the model is opened. */
    void check() {
        if (!wanted) {
            Given.refuse(command, "is for --auto", "--data", "--max-drop", "--limit");
            Given.refuse(command, "says what runs the models that --auto measures", OF_ENGINES);
        }
        if (wanted && data.isEmpty()) {
            throw wrong("--auto needs --data: labelled images to measure the loss on");
        }
        if (!(maxDrop >= 0) || limit.orElse(1) < 1) {
            throw wrong("--max-drop must be at least 0 and --limit at least 1");
        }
        if (byOrder && !wanted) {
            throw wrong("--by-order is for --auto");
        }
    }

    /** Writes the model and says what was tried; the names of the layers in 8 bits. */
    List<String> run(
            Quantization quantization,
            Calibration calibration,
            QuantizationOptions options,
            Path model,
            List<ImageSource> images,
            ProviderOptions provider) {
        DatasetOptions reading =
                new DatasetOptions(byOrder, command.commandLine().getErr()::println);
        Evaluation labelled = Evaluation.of(quantization.info(), data.orElseThrow(), reading);
        Evaluation evaluation = limit.map(labelled::limitedTo).orElse(labelled);
        Orientation orientation = quantization.orientation();
        TurnedImages turned = evaluation.turned(orientation);
        MaskViews.requireTold(turned, quantization.info().preprocessing().view());
        turned.describe(orientation).ifPresent(line -> say("%s", line));
        String measure = quantization.info().task().scoreName();
        ModelOptions asked = provider.applyTo(
                ModelOptions.defaults().forCallers(CALLERS, CALLERS).withOrientation(orientation));
        InferencePrecision precision = asked.engine().precision();
        ToDoubleFunction<Path> score = score(evaluation, asked);
        ToDoubleFunction<Path> exact = score(evaluation, asked.withPrecision(InferencePrecision.FP32));
        AutoQuantization search = new AutoQuantization(
                quantization,
                calibration,
                options,
                file -> (file.equals(quantization.file()) ? exact : score).applyAsDouble(file),
                new Steps(measure));
        AutoQuantization.Result result = search.run(model, maxDrop, ImageFiles.spread(images, MEASURED));
        boolean isReduced = precision != InferencePrecision.FP32;
        String reduced = isReduced
                ? String.format(Locale.ROOT, ", %s %.2f %%", precision, score.applyAsDouble(quantization.file()))
                : "";
        say(
                "%s of %d images: fp32 %.2f %%%s, int8%s %.2f %%, %d layers in float",
                measure,
                evaluation.size(),
                result.reference(),
                reduced,
                isReduced ? " with " + precision : "",
                result.score(),
                result.inFloat().size());
        for (LayerLoss loss : result.inFloat()) {
            say(
                    "  %s stays in float: alone in 8 bits it leaves %.1f dB of the output",
                    loss.layer(), loss.signalToNoise());
        }
        return result.layers();
    }

    private static ToDoubleFunction<Path> score(Evaluation evaluation, ModelOptions options) {
        return candidate -> {
            try (Model<?> model = Model.open(candidate, options);
                    Progress progress = Progress.of("evaluate", evaluation.size(), true)) {
                return evaluation
                        .run(model, new Evaluation.Options(CALLERS, false), done -> progress.step())
                        .measures()
                        .score();
            }
        };
    }

    /** Tells what is tried. */
    private final class Steps implements AutoQuantization.Listener {
        private final String measure;

        Steps(String measure) {
            this.measure = measure;
        }

        @Override
        public void tried(int inFloat, double score) {
            say("%d layers in float: %s %.2f %%", inFloat, measure, score);
        }

        @Override
        public void measured(int done, int layers) {
            if (done == 1) {
                say("measuring what each of %d layers loses by itself", layers);
            }
        }
    }

    private void say(String format, Object... values) {
        PrintWriter out = command.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
