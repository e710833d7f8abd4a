package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.elasticvision.convert.cli.comparison.MeasuredModel;
import org.elasticvision.convert.cli.comparison.MeasuredTable;
import org.elasticvision.convert.cli.conversion.CalibrationImages;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.benchmark.Benchmark;
import org.elasticvision.runtime.benchmark.BenchmarkResult;
import org.elasticvision.runtime.benchmark.Load;
import org.elasticvision.runtime.benchmark.Machine;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.DurationConverter;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.option.load.GoalOption;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.cli.output.Terminal;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.model.ModelInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic compare}: forms of a model and engines in one table. */
@Command(
        name = "compare",
        description =
                "Measures models beside each other, each in each engine that is named: size, latency, images/s, accuracy"
                        + " on labelled data, and how far the answers are from those of the first.",
        footer = {
            "%nExamples:",
            "  elastic compare resnext50_elastic.onnx resnext50_elastic.int8.onnx",
            "  elastic compare --provider cpu,onednn --data imagenet/ --images photos/ -o forms.html a.onnx b.onnx",
            "  elastic compare --provider onednn --inference-precision fp32,bf16 --data imagenet/ a.onnx"
        })
public final class CompareCommand implements ElasticCommand {
    private static final String INFERENCE_PRECISION = "--inference-precision";
    private static final int MOST_IMAGES = 1000;
    private static final int OWN_IMAGES = 16;
    private static final int COMPARED = 64;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL",
            description =
                    "Converted model files, or TensorRT engines, of one task. The first, in the first engine, is what the"
                            + " answers of the others are compared with.")
    private List<Path> files;

    @Option(
            names = "--provider",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What ONNX models run on, as for 'elastic benchmark'; several, with commas between or given several"
                            + " times, make a row for each (default: auto).")
    private List<String> providers = List.of(Provider.AUTO.id());

    @Option(
            names = INFERENCE_PRECISION,
            split = ",",
            paramLabel = "NAME",
            description =
                    "In what numbers --provider auto, onednn or a plug-in computes a float32 model: fp32, bf16, fp16"
                            + " or auto, as for 'elastic benchmark'; several make a row for each (default: fp32).")
    private List<String> precisions = List.of(InferencePrecision.FP32.id());

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Labelled data, laid out as for 'elastic evaluate': the accuracy too.")
    private Optional<Path> data;

    @Option(names = "--limit", paramLabel = "N", description = "With --data: only the first N images.")
    private Optional<Integer> limit;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Images, or a folder of them, for latency and for the distance of the answers; of many, 1000 and 64,"
                            + " evenly spread (default: 16 pictures of 500x375 made for the purpose).")
    private List<Path> images = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the table there too: Markdown (.md), CSV (.csv) or a page (.html).")
    private Optional<Path> output;

    @Mixin
    private GoalOption goal;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to measure the speed of each, such as 500ms, 20s or 2m (default: 5s).")
    private Duration duration = Duration.ofSeconds(5);

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to warm up before that (default: 2s).")
    private Duration warmup = Duration.ofSeconds(2);

    @Mixin
    private ThreadsOption threads;

    /** A row to be. */
    private record Entrant(Path file, ModelOptions options, ModelInfo info) {}

    @Override
    public int order() {
        return 28;
    }

    @Override
    public Integer call() throws IOException {
        if (data.isEmpty()) {
            Given.refuse(spec, "is about --data, which is not given", "--limit");
        }
        limit.ifPresent(most -> OptionNames.check(spec.commandLine(), () -> Check.atLeast("--limit", most, 1)));
        output.ifPresent(this::requireForm);
        Load load = load();
        List<Provider> named = distinct("--provider", providers, Provider::of);
        List<InferencePrecision> computed = distinct(INFERENCE_PRECISION, precisions, InferencePrecision::of);
        try (Outputs outputs = new Outputs(spec)) {
            files.forEach(file -> outputs.reads("a model", file));
            output.ifPresent(file -> outputs.file("-o", file));
            List<Entrant> entrants = entrants(named, computed);
            MeasuredTable table = measure(entrants, load);
            PrintWriter out = spec.commandLine().getOut();
            table.markdown().forEach(out::println);
            out.flush();
            output.ifPresent(file -> write(file, table));
            return 0;
        }
    }

    /** Opens all before any is measured: what cannot run is said at once. */
    private List<Entrant> entrants(List<Provider> named, List<InferencePrecision> computed) {
        boolean hasChoice = false;
        List<Entrant> entrants = new ArrayList<>();
        for (Path file : files) {
            boolean fixed = EngineProvider.of(file, named.get(0)).isFixed();
            for (Provider provider : fixed ? List.of(Provider.AUTO) : named) {
                ModelOptions options = ModelOptions.defaults().withProvider(provider);
                boolean chooses = EngineProvider.of(file, provider).changesPrecision(provider);
                hasChoice |= chooses;
                entrants.addAll(entrants(file, options, chooses ? computed : List.of(InferencePrecision.FP32)));
            }
        }
        if (!hasChoice) {
            Given.refuse(
                    spec,
                    "is for --provider auto, onednn or a plug-in; the others compute as the file says",
                    INFERENCE_PRECISION);
        }
        Entrant first = entrants.get(0);
        for (Entrant other : entrants) {
            if (other.info().task() != first.info().task()) {
                throw new ModelException(
                        other.file() + " is for " + other.info().task() + ", but " + first.file() + " is for "
                                + first.info().task() + "; compare models of one task");
            }
        }
        return entrants;
    }

    /** A model in an engine: what is not in float32 is computed as it is, once. */
    private static List<Entrant> entrants(Path file, ModelOptions options, List<InferencePrecision> computed) {
        List<Entrant> entrants = new ArrayList<>();
        for (InferencePrecision precision : computed) {
            ModelOptions own = options.withEngine(options.engine().withPrecision(precision));
            try (Model<?> model = Model.open(file, own)) {
                entrants.add(new Entrant(file, own, model.info()));
            }
            if (!entrants.get(0).info().precision().equals(InferencePrecision.FP32.id())) {
                break;
            }
        }
        return entrants;
    }

    private MeasuredTable measure(List<Entrant> entrants, Load load) throws IOException {
        Entrant first = entrants.get(0);
        List<? extends ImageSource> pictures =
                images.isEmpty() ? SamplePictures.jpegs(OWN_IMAGES) : ImageFiles.sources(images);
        List<? extends ImageSource> timed = ImageFiles.spread(pictures, MOST_IMAGES);
        List<? extends ImageSource> compared = ImageFiles.spread(pictures, COMPARED);
        List<Optional<Evaluation>> evaluations = new ArrayList<>();
        for (Entrant entrant : entrants) { // lists the data before any is measured
            evaluations.add(evaluation(entrant));
        }
        List<MeasuredModel> rows = new ArrayList<>();
        for (int i = 0; i < entrants.size(); i++) {
            Entrant entrant = entrants.get(i);
            say(String.format(Locale.ROOT, "measuring %s (%d of %d)", entrant.file(), i + 1, entrants.size()));
            ModelOptions options = entrant.options().forCallers(load.callers(), threads.total());
            BenchmarkResult speed = new Benchmark(load, timed, Duration.ZERO).run(entrant.file(), options);
            Optional<Measures> accuracy = evaluations.get(i).map(evaluation -> accuracy(entrant, evaluation));
            rows.add(new MeasuredModel(
                    entrant.file(),
                    engine(entrant, speed),
                    Files.size(entrant.file()),
                    speed,
                    accuracy,
                    i == 0 ? Optional.empty() : distance(first, entrant, compared)));
        }
        return new MeasuredTable(rows, first.info().task(), notes(entrants, rows, load, timed, compared));
    }

    /** What auto took, by the word that asks for it, and in what numbers it computes where those are not the model's. */
    private static String engine(Entrant entrant, BenchmarkResult speed) {
        if (EngineProvider.of(entrant.file(), entrant.options().engine()).isFixed()) {
            return EngineProvider.of(entrant.file(), entrant.options().engine()).name();
        }
        String engine = speed.choice()
                .map(choice -> choice.provider() + " (auto)")
                .orElse(entrant.options().engine().provider().id());
        InferencePrecision precision = entrant.options().engine().precision();
        return precision == InferencePrecision.FP32 ? engine : engine + " in " + precision;
    }

    private Optional<Evaluation> evaluation(Entrant entrant) {
        return data.map(folder -> {
            Evaluation evaluation = Evaluation.of(
                    entrant.info(),
                    folder,
                    new DatasetOptions(false, spec.commandLine().getErr()::println));
            return limit.map(evaluation::limitedTo).orElse(evaluation);
        });
    }

    /** As 'elastic evaluate': many callers with one thread each. */
    private Measures accuracy(Entrant entrant, Evaluation evaluation) {
        ModelOptions options =
                entrant.options().forCallers(threads.total(), threads.total()).asPublished();
        try (Model<?> model = Model.open(entrant.file(), options);
                Progress progress = Progress.of("evaluate", evaluation.size(), true)) {
            MaskViews.requireTold(
                    evaluation.turned(model.orientation()),
                    entrant.info().preprocessing().view());
            return evaluation
                    .run(model, new Evaluation.Options(threads.total(), false), done -> progress.step())
                    .measures();
        }
    }

    private static Optional<ModelComparison> distance(
            Entrant first, Entrant other, List<? extends ImageSource> compared) {
        if (!ModelComparison.areComparable(first.info(), other.info())) {
            return Optional.empty();
        }
        try (Model<?> expected = Model.open(first.file(), first.options().asPublished());
                Model<?> actual = Model.open(other.file(), other.options().asPublished())) {
            ModelComparison comparison = new ModelComparison(expected, actual);
            compared.forEach(comparison::add);
            return Optional.of(comparison);
        }
    }

    private List<String> notes(
            List<Entrant> entrants,
            List<MeasuredModel> rows,
            Load load,
            List<? extends ImageSource> timed,
            List<? extends ImageSource> compared) {
        Entrant first = entrants.get(0);
        Machine machine = Machine.running(first.file(), first.options().engine());
        String made = images.isEmpty() ? " of 500x375 made for the purpose" : "";
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "latency of calls with %d %s, from the encoded image to the answer: %d %s, %d %s in all, %.1f s after %.1f s of"
                        + " warm-up, %s%s",
                rows.get(0).speed().batch(),
                rows.get(0).speed().batch() == 1 ? "image" : "images",
                load.callers(),
                load.callers() == 1 ? "caller" : "callers",
                threads.total(),
                threads.total() == 1 ? "thread" : "threads",
                load.duration().toMillis() / 1e3,
                load.warmup().toMillis() / 1e3,
                count(timed),
                made));
        notes.add(machine.processor() + ", " + machine.cores() + (machine.cores() == 1 ? " core, " : " cores, ")
                + machine.system() + ", Java " + machine.java());
        data.ifPresent(folder -> notes.add(first.info().task().scoreName() + " on "
                + rows.get(0).accuracy().orElseThrow().images() + " images of " + folder));
        if (rows.size() > 1) {
            notes.add("errors beside " + first.file() + " in " + rows.get(0).engine() + ", on " + count(compared) + made
                    + "; - where the two are not forms of one network");
        }
        return notes;
    }

    private static String count(List<? extends ImageSource> sources) {
        return CalibrationImages.count(List.copyOf(sources));
    }

    /** What words name, each once. */
    private <T> List<T> distinct(String option, List<String> words, Function<String, T> named) {
        try {
            return words.stream().map(String::strip).map(named).distinct().toList();
        } catch (ElasticVisionException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private Load load() {
        try {
            return new Load(goal.callers(threads.total()), warmup, duration);
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(
                    spec.commandLine(), e, Map.of("the warm-up", "--warmup", "the duration", "--duration"));
        }
    }

    private void requireForm(Path file) {
        String name = file.toString();
        if (!name.endsWith(".md") && !name.endsWith(".csv") && !name.endsWith(".html")) {
            throw new ParameterException(
                    spec.commandLine(), "-o " + file + " does not say in what form; name a file .md, .csv or .html");
        }
    }

    private static void write(Path file, MeasuredTable table) {
        String name = file.toString();
        String text = name.endsWith(".html")
                ? table.html()
                : String.join("\n", name.endsWith(".csv") ? table.csv() : table.markdown()) + "\n";
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void say(String line) {
        if (Terminal.isErr()) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }
}
