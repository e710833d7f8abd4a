package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
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
import org.elasticvision.runtime.image.pixels.RgbImage;
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
        description = "Predicts what is in images and videos: the likeliest classes, the set of labels, or the class of"
                + " each pixel.",
        footer = {
            "%nExamples:",
            "  elastic predict resnext50_elastic.onnx photo.jpg",
            "  elastic predict --json resnext50_elastic.onnx photos/ > answers.jsonl",
            "  elastic predict -o answers.csv --annotate out resnext50_elastic.onnx photos/",
            "  elastic predict --overlay out deeplab_dla60x_elastic.onnx street.jpg",
            "  elastic predict -o answers.csv --annotate out resnext50_elastic.onnx clip.mp4",
            "  curl -fL https://example.org/photo.jpg | elastic predict resnext50_elastic.onnx -"
        })
public final class PredictCommand implements ElasticCommand {
    private static final String EVERY = "--every";

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
                    + " input. Videos (MP4, MOV, MKV, WebM, AVI and more), of which each frame is answered.")
    private List<Path> named = List.of();

    @ArgGroup(exclusive = false)
    private TensorFiles tensors;

    @Mixin
    private AnswerOptions show;

    @Option(names = "--json", description = "Print one JSON object per image, one a line.")
    private boolean json;

    @Mixin
    private PredictionOutputs written;

    private int every = 1;

    @Option(names = EVERY, paramLabel = "N", description = "Of videos, answer every Nth frame (default: 1).")
    void setEvery(int frames) {
        OptionNames.check(spec.commandLine(), () -> Check.atLeast(EVERY, frames, 1));
        every = frames;
    }

    @Mixin
    private DecodeOption decode;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BatchOption batch;

    @Mixin
    private CachedProviderOptions provider;

    /** What was named and could not be answered, or a video not to its end. */
    private final Set<Object> failed = Collections.newSetFromMap(new IdentityHashMap<>());

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
                    EVERY,
                    "--top",
                    "--threshold",
                    "--exif",
                    "--fast-decode",
                    "--batch");
        }
        written.check();
        provider.check(List.of(file));
        if (tensors != null) {
            return runTensor();
        }
        try (InputImages images = InputImages.list(spec, named, System.in, every)) {
            if (!images.hasVideos()) {
                Given.refuse(spec, "is about videos, and none is named", EVERY);
            }
            return predict(images);
        }
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

    private int predict(InputImages images) {
        int calls = images.hasVideos()
                ? threads.total()
                : Math.min(
                        threads.total(), (images.files() - 1) / batch.options().batch() + 1);
        ModelOptions options = decode.applyTo(provider.applyTo(batch.options())).withThreads(threads.total() / calls);
        try (Outputs outputs = new Outputs(spec);
                Model<?> model = Model.open(file, options);
                Progress progress = progress(images)) {
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
        if (!failed.isEmpty()) {
            String kind = images.hasVideos() ? " files" : " images";
            spec.commandLine()
                    .getErr()
                    .println("elastic: " + failed.size() + " of " + images.files() + kind + " failed");
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private static Progress progress(InputImages images) {
        boolean wanted = !Terminal.isOut() && Terminal.isErr();
        return Progress.of("predict", wanted ? images.count() : 0, wanted);
    }

    private record Asked(InputImage image, Outcome<? extends Prediction> outcome, Optional<RgbImage> drawn) {}

    private Asked asked(InputImage image, Outcome<? extends Prediction> outcome, PredictionSink sink) {
        Optional<RgbImage> drawn = outcome instanceof Outcome.Answered<? extends Prediction> answered
                ? sink.draw(image, answered.answer(), show.rows(answered.answer()))
                : Optional.empty();
        return new Asked(image, outcome, drawn);
    }

    private void print(Model<?> model, Asked asked, PredictionSink sink, Progress progress) {
        progress.step();
        if (asked.outcome() instanceof Outcome.Failed<? extends Prediction> bad) {
            failed.add(asked.image().input());
            progress.say(spec.commandLine().getErr(), "elastic: " + Failures.message(bad.badImage()));
        } else if (asked.outcome() instanceof Outcome.Answered<? extends Prediction> answered) {
            print(model, asked, answered.answer(), sink);
        }
    }

    private void print(Model<?> model, Asked asked, Prediction answer, PredictionSink sink) {
        InputImage image = asked.image();
        List<AnswerRow> rows = show.rows(answer);
        Supplier<JsonObject> object =
                () -> AnswerJson.of(image.members(), model.info().task(), answer, rows, sink.pictures(image));
        sink.add(image, answer, rows, asked.drawn(), object);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? AnswerJson.line(object.get()) : AnswerText.of(image.title(), answer, rows));
        if (out.checkError() || System.out.checkError()) { // which picocli's writer hides
            throw new ElasticVisionException("the output cannot be written: the disk is full or its reader has gone");
        }
    }
}
