package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.evaluation.AnswerFiles;
import org.elasticvision.runtime.cli.evaluation.AnswerSink;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DataOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.InputOptions;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.output.Json;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.cli.shares.NprocOption;
import org.elasticvision.runtime.cli.shares.OtherShares;
import org.elasticvision.runtime.cli.shares.ShareLines;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.model.View;
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
                + "(MSCOCO), intersection over union (PASCAL VOC).")
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
                            + "for label sets MSCOCO's (annotations/, val2014/) or Roboflow's, "
                            + "for segmentation PASCAL VOC's (VOC2012/ImageSets/Segmentation/val.txt or list/val.txt).")
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
    private AnswerFiles files;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BatchOption batch;

    @Mixin
    private NprocOption processes;

    @Mixin
    private CachedProviderOptions provider;

    private View stated;

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Integer call() {
        processes.check();
        files.check(processes.processes());
        data.check(folder);
        provider.check(List.of(file));
        // Many callers with one thread each get more images through than one caller with many threads.
        int callers = threads.ofEach(processes.processes());
        ModelOptions options = decode.applyTo(provider.applyTo(batch.options()))
                .forCallers(callers, callers)
                .withGpu(provider.engine().gpu() + processes.index())
                .withPreprocessing(own -> {
                    stated = decode.viewOr(own.view());
                    return input.apply(own);
                })
                .asPublished();
        try (Outputs outputs = new Outputs(spec);
                Model<?> model = open(outputs, options)) {
            batch.check(model);
            Evaluation evaluation = data.evaluation(folder, model.info());
            return processes.isStarted() ? evaluateShare(model, evaluation) : evaluate(model, evaluation);
        }
    }

    private Model<?> open(Outputs outputs, ModelOptions options) {
        outputs.reads("the model", file);
        files.announce(outputs);
        return Model.open(file, options);
    }

    private Evaluation.Options options() {
        return new Evaluation.Options(threads.ofEach(processes.processes()), skipBad);
    }

    private int evaluateShare(Model<?> model, Evaluation evaluation) {
        processes.endWithFirst();
        PrintWriter out = spec.commandLine().getOut();
        Evaluation share = evaluation.share(processes.index(), processes.processes());
        ShareLines.counts(out, share.count(model, options(), done -> ShareLines.image(out)));
        return 0;
    }

    private int evaluate(Model<?> model, Evaluation evaluation) {
        TurnedImages turned = evaluation.turned(model.orientation());
        MaskViews.requireTold(turned, stated);
        long start = System.nanoTime();
        try (AnswerSink sink = files.open(model, Optional.ofNullable(folder))) {
            Evaluation.Result result = measure(model, evaluation, sink);
            report(model, result, turned, (System.nanoTime() - start) / 1e9);
            sink.finish(model, file, result);
        }
        return 0;
    }

    private Evaluation.Result measure(Model<?> model, Evaluation evaluation, AnswerSink sink) {
        List<String> arguments = spec.root().commandLine().getParseResult().expandedArgs();
        int size = processes.processes();
        int started = Math.min(size, Math.max(1, evaluation.size())); // the shares of others have no image
        try (Progress progress = Progress.of("evaluate", evaluation.size(), true);
                OtherShares others = OtherShares.start(arguments, started, progress::step)) {
            List<Evaluation.Counts> counts = new ArrayList<>();
            Evaluation.Progress step = done -> {
                progress.step();
                others.check();
            };
            counts.add(evaluation.share(0, size).count(model, options(), step, sink));
            counts.addAll(others.await());
            return evaluation.result(counts);
        }
    }

    private void report(Model<?> model, Evaluation.Result result, TurnedImages turned, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        long images = result.measures().images();
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("model", file.toString());
            object.addProperty("architecture", model.info().architecture());
            object.addProperty("precision", model.info().precision());
            object.addProperty("task", model.info().task().id());
            object.add(
                    "preprocessing",
                    Json.preprocessing(model.info()
                            .preprocessing()
                            .withView(model.orientation().view())));
            object.addProperty("images", images);
            object.addProperty("skipped", result.skipped());
            object.addProperty("turnedByExif", turned.turned());
            Json.add(object, result.measures().values(model.info().labels()));
            object.addProperty("seconds", seconds);
            object.addProperty("imagesPerSecond", images / seconds);
            out.println(object);
        } else {
            result.measures().table(model.info().labels()).forEach(out::println);
            out.printf(
                    Locale.ROOT,
                    "%d images%s in %.1f s, %.1f images/s%n",
                    images,
                    result.skipped() == 0 ? "" : " (" + result.skipped() + " skipped)",
                    seconds,
                    images / seconds);
            turned.describe(model.orientation()).ifPresent(out::println);
        }
        out.flush();
    }
}
