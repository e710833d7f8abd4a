package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.convert.cli.Converters;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cli.option.ViewConverter;
import org.elasticvision.runtime.cli.output.Progress;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.elasticvision.train.check.CheckOptions;
import org.elasticvision.train.check.CheckResult;
import org.elasticvision.train.check.DataCheck;
import org.elasticvision.train.check.finding.Severity;
import org.elasticvision.train.check.page.CheckPage;
import org.elasticvision.train.cli.check.CheckJson;
import org.elasticvision.train.cli.check.CheckText;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.DatasetFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic check}: what a training run would meet in a data set. */
@Command(
        name = "check",
        description = "Looks through a data set for what a training run would meet in it: what it would refuse, what it"
                + " would learn wrongly, copies of images, and the numbers of images of each class.",
        footer = "%nExit codes: 0 a run would go through, 1 a run would fail (with --strict: or there are warnings), 2"
                + " wrong usage.")
public final class CheckCommand implements ElasticCommand {
    private static final int SAMPLES = 4;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATA",
            description = "The folder of the images, in any layout that train reads.")
    private Path data;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            converter = Converters.ToTask.class,
            description = "classification, multilabel or segmentation (default: what DATA is laid out for).")
    private Task task;

    @Mixin
    private TrainDataOptions source;

    @Mixin
    private InputOptions input;

    @Option(
            names = "--exif",
            paramLabel = ViewConverter.LABEL,
            converter = ViewConverter.class,
            description =
                    "See photos turned upright as their EXIF data say, or as they are stored, as train would be told"
                            + " (default: apply).")
    private Optional<View> view = Optional.empty();

    @Option(
            names = "--skip-bad",
            description = "As train with --skip-bad: images that cannot be used are warnings, as it leaves them out.")
    private boolean skipBad;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed of the run, which says what is held out (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show up to N files of each finding (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Option(names = "--strict", description = "Exit with 1 where there are warnings too.")
    private boolean strict;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a self-contained HTML page with pictures of each class and of copies.")
    private Optional<Path> report;

    @Mixin
    private ThreadsOption threads;

    @Override
    public int order() {
        return 9;
    }

    @Override
    public Integer call() {
        if (data == null && !source.areGiven()) {
            throw new ParameterException(spec.commandLine(), "give DATA, the folder of the images");
        }
        OptionNames.check(spec.commandLine(), () -> Check.atLeast("--examples", examples, 1));
        Optional<Path> folder = Optional.ofNullable(data);
        Task kind = Optional.ofNullable(task)
                .orElseGet(() -> folder.map(DatasetFolder::task).orElse(Task.MULTI_LABEL));
        if (folder.map(own -> DatasetFolder.lacksValidation(kind, own)).orElse(source.lackValidation())) {
            source.holdOut();
        }
        DataSource from = source.on(kind, folder, Optional.empty(), seed);
        Orientation orientation = Orientation.of(view.orElse(View.UPRIGHT));
        try (Outputs outputs = new Outputs(spec)) {
            input.labelsFile().ifPresent(file -> outputs.reads("--labels", file));
            report.ifPresent(file -> outputs.page("--report", file));
            CheckOptions options = new CheckOptions(
                    input.size(),
                    input.labels(),
                    orientation,
                    skipBad,
                    threads.total(),
                    examples,
                    report.isPresent() ? SAMPLES : 0);
            CheckResult result = run(new DataCheck(kind, from, options));
            String name = from.folder()
                    .map(own -> folder.orElse(own).toString())
                    .orElseGet(() -> from.parts().get(0).annotations().toString());
            report.ifPresent(file -> write(file, new CheckPage(name, result, orientation)));
            print(name, result);
            boolean isBad =
                    result.fails() || (strict && !result.of(Severity.WARNING).isEmpty());
            return isBad ? 1 : 0;
        }
    }

    private static CheckResult run(DataCheck check) {
        Bar bar = new Bar();
        try (bar) {
            return check.run(bar::begin, bar::step);
        }
    }

    /** A bar that begins when the number of images is known. */
    private static final class Bar implements AutoCloseable {
        private Progress progress = Progress.of("check", 0, false);

        void begin(int total) {
            progress.close();
            progress = Progress.of("check", total, true);
        }

        void step() {
            progress.step();
        }

        @Override
        public void close() {
            progress.close();
        }
    }

    private static void write(Path file, CheckPage page) {
        byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(html));
    }

    private void print(String name, CheckResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(CheckJson.of(name, result));
        } else {
            CheckText.of(name, result).forEach(out::println);
        }
        out.flush();
    }
}
