package org.elasticvision.runtime.cli.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.benchmark.Benchmark;
import org.elasticvision.runtime.benchmark.BenchmarkReport;
import org.elasticvision.runtime.benchmark.BenchmarkResult;
import org.elasticvision.runtime.benchmark.Load;
import org.elasticvision.runtime.benchmark.Machine;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.elasticvision.runtime.benchmark.page.BenchmarkPage;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.BatchOption;
import org.elasticvision.runtime.cli.option.CachedProviderOptions;
import org.elasticvision.runtime.cli.option.DecodeOption;
import org.elasticvision.runtime.cli.option.DurationConverter;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.option.load.GoalOption;
import org.elasticvision.runtime.cli.output.BenchmarkJson;
import org.elasticvision.runtime.cli.output.BenchmarkText;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic benchmark}: how fast a model answers here, and where the time goes. */
@Command(
        name = "benchmark",
        description = "Measures how fast a model runs on this machine, from the encoded image to the answer:"
                + " latencies, images/s,"
                + " where the time goes, start, memory.",
        footer = {
            "%nExamples:",
            "  elastic benchmark resnext50_elastic.onnx",
            "  elastic benchmark resnext50_elastic.onnx --goal throughput --images photos/",
            "  elastic benchmark resnext50_elastic.onnx --profile --report speed.html"
        })
public final class BenchmarkCommand implements ElasticCommand {
    private static final int MOST_IMAGES = 1000;
    private static final int OWN_IMAGES = 16;
    private static final int PROFILED_RUNS = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A converted model file, or a TensorRT engine.")
    private Path file;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Images to run on, or a folder of them; of many, 1000 evenly spread (default: 16 pictures of"
                    + " 500x375 made for the purpose).")
    private List<Path> images = List.of();

    @Mixin
    private GoalOption goal;

    @Option(
            names = "--callers",
            paramLabel = "N",
            description = "Number of concurrent callers; they share the threads (default: as the goal says).")
    private Integer callers;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to measure, such as 500ms, 20s or 2m (default: 20s).")
    private Duration duration = Duration.ofSeconds(20);

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to warm up before that (default: 3s).")
    private Duration warmup = Duration.ofSeconds(3);

    @Option(names = "--profile", description = "Show which operators and nodes of an ONNX model cost most.")
    private boolean profile;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write a page with the histogram too.")
    private Path page;

    @Mixin
    private DecodeOption decode;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private BatchOption batch;

    @Mixin
    private CachedProviderOptions provider;

    @Override
    public int order() {
        return 25;
    }

    @Override
    public Integer call() {
        Load load = load();
        provider.check(List.of(file));
        if (profile) {
            NodeTime.of(file, provider.engine());
        }
        try (Outputs outputs = new Outputs(spec)) {
            outputs.reads("the model", file);
            if (page != null) {
                outputs.page("--report", page);
            }
            return measure(load);
        }
    }

    private int measure(Load load) {
        ModelOptions options =
                decode.applyTo(provider.applyTo(batch.options())).forCallers(load.callers(), threads.total());
        if (batch.isGiven()) {
            try (Model<?> model = Model.open(file, options)) {
                batch.check(model);
            }
        }
        long start = System.nanoTime();
        List<? extends ImageSource> sources = sources();
        Duration making = images.isEmpty() ? Duration.ofNanos(System.nanoTime() - start) : Duration.ZERO;
        BenchmarkResult measured = new Benchmark(load, sources, making).run(file, options);
        BenchmarkResult result = ColdStart.measure(file, sources.get(0), provider.words())
                .map(measured::withStartOfCommand)
                .orElse(measured);
        EngineOptions engine = result.choice()
                .map(choice -> options.engine().withProvider(new Provider(choice.provider())))
                .orElse(options.engine());
        List<NodeTime> nodes =
                profile ? NodeTime.of(file, engine).measure(engine, result.batch(), PROFILED_RUNS) : List.of();
        BenchmarkReport report = new BenchmarkReport(
                file, words(sources.size()), engine, load, Machine.running(file, engine), result, nodes);
        print(report);
        if (page != null) {
            AtomicFile.write(page, out -> out.write(BenchmarkPage.of(report).getBytes(StandardCharsets.UTF_8)));
        }
        return 0;
    }

    private Load load() {
        try {
            return new Load(callers == null ? goal.callers(threads.total()) : callers, warmup, duration);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(
                    spec.commandLine(),
                    e,
                    Map.of("callers", "--callers", "the warm-up", "--warmup", "the duration", "--duration"));
        }
    }

    private List<? extends ImageSource> sources() {
        return images.isEmpty()
                ? SamplePictures.jpegs(OWN_IMAGES)
                : ImageFiles.spread(ImageFiles.list(images), MOST_IMAGES).stream()
                        .map(ImageSource::of)
                        .toList();
    }

    private String words(int count) {
        String number = count + (count == 1 ? " image" : " images");
        return images.isEmpty() ? number + " of 500x375 made for the purpose (JPEG)" : number;
    }

    private void print(BenchmarkReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(BenchmarkJson.of(report));
        } else {
            BenchmarkText.of(report).forEach(out::println);
        }
        out.flush();
    }
}
