package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.output.AnswerJson;
import org.elasticvision.runtime.cli.output.AnswerOptions;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.cli.output.AnswerText;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.cli.output.TensorFiles;
import org.elasticvision.runtime.cli.output.Terminal;
import org.elasticvision.runtime.cli.prediction.ImageConverter;
import org.elasticvision.runtime.cli.prediction.InputImage;
import org.elasticvision.runtime.cli.prediction.InputImages;
import org.elasticvision.runtime.cli.prediction.PredictionOutputs;
import org.elasticvision.runtime.cli.prediction.PredictionSink;
import org.elasticvision.runtime.concurrent.OrderedPredictions;
import org.elasticvision.runtime.engine.Engine;
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
            "  elastic predict -o answers.csv --annotate out resnext50_elastic.onnx photos/",
            "  elastic predict --overlay out deeplab_dla60x_elastic.onnx street.jpg",
            "  curl -fL https://example.org/photo.jpg | elastic predict resnext50_elastic.onnx -"
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
            converter = ImageConverter.class,
            description = "Images (JPEG, PNG, BMP, WebP, TIFF, PNM), or folders of them; - is an image on standard"
                    + " input.")
    private List<Path> named = List.of();

    @ArgGroup(exclusive = false)
    private TensorFiles tensors;

    @Mixin
    private AnswerOptions show;

    @Option(names = "--json", description = "Print one JSON object per image, one a line.")
    private boolean json;

    @Mixin
    private PredictionOutputs written;

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
                    "-o",
                    "--overlay",
                    "--annotate",
                    "--top",
                    "--threshold",
                    "--exif",
                    "--fast-decode",
                    "--batch");
        }
        written.check();
        provider.check(List.of(file));
        return tensors == null ? predict(InputImages.list(spec, named, System.in)) : runTensor();
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

    private int predict(List<InputImage> images) {
        int calls =
                Math.min(threads.total(), (images.size() - 1) / batch.options().batch() + 1);
        ModelOptions options = decode.applyTo(provider.applyTo(batch.options())).withThreads(threads.total() / calls);
        try (Outputs outputs = new Outputs(spec);
                Model<?> model = Model.open(file, options);
                Progress progress = Progress.of("predict", images.size(), !Terminal.isOut())) {
            batch.check(model);
            try (PredictionSink sink = written.open(file, model, images, show, outputs)) {
                OrderedPredictions.forEach(
                        calls,
                        model,
                        images,
                        InputImage::source,
                        (image, outcome) -> asked(image, outcome, sink),
                        asked -> print(model, asked, sink, progress));
                sink.publish();
            }
        }
        if (failed > 0) {
            spec.commandLine().getErr().println("elastic: " + failed + " of " + images.size() + " images failed");
        }
        return failed == 0 ? 0 : 1;
    }

    private record Asked(InputImage image, Outcome<? extends Prediction> outcome) {}

    private Asked asked(InputImage image, Outcome<? extends Prediction> outcome, PredictionSink sink) {
        if (outcome instanceof Outcome.Answered<? extends Prediction> answered) {
            sink.draw(image, answered.answer(), show.rows(answered.answer()));
        }
        return new Asked(image, outcome);
    }

    private void print(Model<?> model, Asked asked, PredictionSink sink, Progress progress) {
        progress.step();
        if (asked.outcome() instanceof Outcome.Failed<? extends Prediction> bad) {
            failed++;
            progress.say(spec.commandLine().getErr(), "elastic: " + Failures.message(bad.badImage()));
        } else if (asked.outcome() instanceof Outcome.Answered<? extends Prediction> answered) {
            print(model, asked.image(), answered.answer(), sink);
        }
    }

    private void print(Model<?> model, InputImage image, Prediction answer, PredictionSink sink) {
        List<AnswerRow> rows = show.rows(answer);
        Supplier<JsonObject> object =
                () -> AnswerJson.of(image.name(), model.info().task(), answer, rows, sink.pictures(image));
        sink.add(image, answer, rows, object);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? AnswerJson.line(object.get()) : AnswerText.of(image.name(), answer, rows));
        if (out.checkError() || System.out.checkError()) { // which picocli's writer hides
            throw new ElasticVisionException("the output cannot be written: the disk is full or its reader has gone");
        }
    }
}
