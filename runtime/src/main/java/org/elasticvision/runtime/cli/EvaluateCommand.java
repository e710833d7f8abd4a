package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.ImageException;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.image.Orientation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic evaluate}: the published measures of a model on a data set. */
@Command(
        name = "evaluate",
        description = "Measures a model on a data set as published: Err@1 and Err@5 (ImageNet), precision and recall "
                + "(MSCOCO), intersection over union (PASCAL VOC). EXIF orientation is ignored, as there.")
public final class EvaluateCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A converted model file.")
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description =
                    "The data set's folder, as the model's task has it: for classification ImageNet's (val/ID/*.JPEG), "
                            + "for label sets MSCOCO's (annotations/, val2014/), for segmentation PASCAL VOC's (VOC2012/list/val.txt).")
    private Path folder;

    @Mixin
    private DataOptions data;

    @Mixin
    private InputOptions input;

    @Option(names = "--skip-bad", description = "Count images that cannot be decoded and go on without them.")
    private boolean skipBad;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BatchOption batch;

    private int skipped;
    private ImageException firstSkipped;

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Integer call() {
        data.check(folder);
        // Many callers with one thread each get more images through than one caller with many threads.
        ModelOptions options = batch.options()
                .withThreads(1)
                .withOrientation(Orientation.IGNORE_EXIF)
                .withPreprocessing(input::apply);
        try (Model model = Model.open(file, options)) {
            return evaluate(model, data.evaluation(folder, model.info()));
        }
    }

    private <S> int evaluate(Model model, Evaluation<S> evaluation) {
        List<S> samples = evaluation.samples();
        long start = System.nanoTime();
        try (Progress progress = Progress.of("evaluate", samples.size(), true)) {
            InOrder.forEach(
                    threads.total(),
                    Outcome.batches(samples, model.batch()),
                    chunk -> Outcome.ask(model, chunk, evaluation::image).stream()
                            .map(outcome -> judge(evaluation, outcome))
                            .toList(),
                    judgements -> judgements.forEach(judgement -> {
                        judgement.run();
                        progress.step();
                    }));
        }
        if (skipped == samples.size()) {
            throw new ElasticVisionException("none of the " + skipped + " images can be decoded, the first because "
                    + firstSkipped.getMessage());
        }
        report(model, evaluation, (System.nanoTime() - start) / 1e9);
        return 0;
    }

    private <S> Runnable judge(Evaluation<S> evaluation, Outcome<S> outcome) {
        if (outcome.failure() == null) {
            return evaluation.judge(outcome.item(), outcome.answer());
        }
        if (!skipBad) {
            throw outcome.failure();
        }
        return () -> skip(outcome.failure());
    }

    private void skip(ImageException failure) {
        skipped++;
        firstSkipped = firstSkipped == null ? failure : firstSkipped;
    }

    private void report(Model model, Evaluation<?> evaluation, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        int images = evaluation.samples().size() - skipped;
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("model", file.toString());
            object.addProperty("architecture", model.info().architecture());
            object.addProperty("precision", model.info().precision());
            object.addProperty("task", model.info().task().id());
            object.add("preprocessing", Json.preprocessing(model.info().preprocessing()));
            object.addProperty("images", images);
            object.addProperty("skipped", skipped);
            evaluation.addTo(object);
            object.addProperty("seconds", seconds);
            object.addProperty("imagesPerSecond", images / seconds);
            out.println(object);
        } else {
            evaluation.print(out);
            out.printf(
                    Locale.ROOT,
                    "%d images%s in %.1f s, %.1f images/s%n",
                    images,
                    skipped == 0 ? "" : " (" + skipped + " skipped)",
                    seconds,
                    images / seconds);
        }
        out.flush();
    }
}
