package org.elasticvision.runtime.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.output.AnswerJson;
import org.elasticvision.runtime.cli.output.AnswerOptions;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.cli.output.AnswerText;
import org.elasticvision.runtime.cli.output.OverlayFiles;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.cli.output.TensorFiles;
import org.elasticvision.runtime.cli.output.Terminal;
import org.elasticvision.runtime.concurrent.OrderedPredictions;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.image.ImageSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic predict}: asks a model about images. */
@Command(
        name = "predict",
        description = "Predicts what is in images: the likeliest classes, the set of labels, or the class of"
                + " each pixel.",
        footer = {
            "%nExamples:",
            "  elastic predict resnext50_elastic.onnx photo.jpg",
            "  elastic predict --json resnext50_elastic.onnx photos/ > answers.jsonl",
            "  elastic predict --overlay out deeplab_dla60x_elastic.onnx street.jpg"
        })
public final class PredictCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A converted model file.")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "Images (JPEG, PNG, BMP, WebP, TIFF, PNM), or folders of them.")
    private List<Path> named = List.of();

    @ArgGroup(exclusive = false)
    private TensorFiles tensors;

    @Mixin
    private AnswerOptions show;

    @Option(names = "--json", description = "Print one JSON object per image, one a line.")
    private boolean json;

    @Option(
            names = "--overlay",
            paramLabel = "DIR",
            description = "Segmentation: write NAME.png (class indices) and NAME.overlay.png (coloured image) here.")
    private Path overlay;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BatchOption batch;

    @Mixin
    private CachedProviderOptions provider;

    private int failed;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Integer call() {
        if (tensors == null && named.isEmpty() && Files.isDirectory(file)) {
            Engine.check(
                    file); // a folder of images, or of a run: that is what is wrong, more than that no image is named
        }
        if ((tensors == null) == named.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give images, or --tensor and --logits" + (tensors == null ? "" : ", not both"));
        }
        if (tensors != null) {
            Given.refuse(
                    spec,
                    "is about images, and --tensor is none",
                    "--json",
                    "--overlay",
                    "--top",
                    "--threshold",
                    "--exif",
                    "--fast-decode",
                    "--batch");
        }
        provider.check(List.of(file));
        return tensors == null ? predict(ImageFiles.list(named)) : runTensor();
    }

    private int runTensor() {
        ModelOptions options = provider.applyTo(ModelOptions.defaults()).withThreads(threads.total());
        try (Outputs outputs = new Outputs(spec);
                Model<?> model = open(outputs, options)) {
            spec.commandLine().getOut().println("Wrote " + tensors.run(model) + " to " + tensors.logits());
        }
        return 0;
    }

    private Model<?> open(Outputs outputs, ModelOptions options) {
        outputs.reads("the model", file);
        outputs.reads("--tensor", tensors.tensor());
        outputs.file("--logits", tensors.logits());
        return Model.open(file, options);
    }

    private int predict(List<Path> images) {
        int calls =
                Math.min(threads.total(), (images.size() - 1) / batch.options().batch() + 1);
        ModelOptions options = decode.applyTo(provider.applyTo(batch.options())).withThreads(threads.total() / calls);
        try (Outputs outputs = new Outputs(spec);
                Model<?> model = Model.open(file, options);
                Progress progress = Progress.of("predict", images.size(), !Terminal.isOut())) {
            batch.check(model);
            OverlayFiles files = overlay == null ? null : overlayFiles(model, images, outputs);
            OrderedPredictions.forEach(
                    calls,
                    model,
                    images,
                    ImageSource::of,
                    (image, outcome) -> asked(image, outcome, files),
                    asked -> print(model, asked, files, progress));
        }
        if (failed > 0) {
            spec.commandLine().getErr().println("elastic: " + failed + " of " + images.size() + " images failed");
        }
        return failed == 0 ? 0 : 1;
    }

    private OverlayFiles overlayFiles(Model<?> model, List<Path> images, Outputs outputs) {
        if (!model.info().task().isPerPixel()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--overlay is for segmentation models; " + file + " is a "
                            + model.info().task() + " model");
        }
        OverlayFiles files = new OverlayFiles(overlay, images, model.orientation());
        outputs.folder("--overlay", overlay);
        return files;
    }

    private record Asked(Path image, Outcome<? extends Prediction> outcome) {}

    private static Asked asked(Path image, Outcome<? extends Prediction> outcome, OverlayFiles files) {
        if (files != null
                && outcome instanceof Outcome.Answered<? extends Prediction> answered
                && answered.answer() instanceof Segmentation segmentation) {
            files.write(image, segmentation);
        }
        return new Asked(image, outcome);
    }

    private void print(Model<?> model, Asked asked, OverlayFiles files, Progress progress) {
        progress.step();
        if (asked.outcome() instanceof Outcome.Failed<? extends Prediction> bad) {
            failed++;
            progress.say(spec.commandLine().getErr(), "elastic: " + Failures.message(bad.badImage()));
        } else if (asked.outcome() instanceof Outcome.Answered<? extends Prediction> answered) {
            print(model, asked.image(), answered.answer(), files);
        }
    }

    private void print(Model<?> model, Path image, Prediction answer, OverlayFiles files) {
        PrintWriter out = spec.commandLine().getOut();
        List<AnswerRow> rows = show.rows(answer);
        out.println(
                json
                        ? AnswerJson.of(image, model.info().task(), answer, rows, files)
                        : AnswerText.of(image.toString(), answer, rows));
        if (out.checkError() || System.out.checkError()) { // which picocli's writer hides
            throw new ElasticVisionException("the output cannot be written: the disk is full or its reader has gone");
        }
    }
}
