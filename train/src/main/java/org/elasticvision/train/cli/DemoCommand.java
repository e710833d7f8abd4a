package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.cli.progress.TrainingDisplay;
import org.elasticvision.train.demo.Demo;
import org.elasticvision.train.demo.DemoPlan;
import org.elasticvision.train.stop.GracefulStop;
import org.elasticvision.train.torch.device.TorchThreads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic demo}: everything once, on pictures that it draws itself. */
@Command(
        name = "demo",
        description = "Draws a data set, trains a small Elastic network for each task on the CPU, exports them, and"
                + " leaves a folder with models,"
                + " predictions and report.html. Needs no data and works offline.")
public final class DemoCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "elastic-demo",
            description = "The output folder (default: ./${DEFAULT-VALUE}). A demo that was stopped is resumed.")
    private Path folder;

    @Option(names = "--quick", description = "Few pictures and one epoch each: shows that all works, learns little.")
    private boolean quick;

    @Option(
            names = "--twin",
            description = "Train a network of the same cost without Elastic too, and compare: takes twice as long.")
    private boolean twin;

    @Mixin
    private ThreadsOption threads;

    @Override
    public int order() {
        return 5;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        long begun = System.nanoTime();
        TorchThreads.set(threads.total());
        DemoPlan one = quick ? DemoPlan.quick() : DemoPlan.full();
        DemoPlan plan = twin ? one.withTwin() : one;
        try (Outputs outputs = new Outputs(spec);
                GracefulStop stop = new GracefulStop(line -> {
                    err.println(line);
                    err.flush();
                });
                TrainingDisplay display = new TrainingDisplay(out, err)) {
            outputs.folder("DIR", folder);
            Demo demo = new Demo(folder, plan, threads.total(), display, stop.signal());
            if (!demo.run()) {
                display.note("stopped; resume with: " + CommandText.of("demo", folder) + (quick ? " --quick" : "")
                        + (twin ? " --twin" : ""));
                return 1;
            }
            out.println();
            out.println("done in " + TrainingDisplay.text(Duration.ofNanos(System.nanoTime() - begun)) + "; open "
                    + demo.report());
            out.println("Try a model on a picture that it has not learnt from:");
            out.println("  " + CommandText.of("predict", demo.model(Task.CLASSIFICATION), demo.picture()));
            out.println("  "
                    + CommandText.of(
                            "predict",
                            demo.model(Task.SEGMENTATION),
                            demo.picture(),
                            "--overlay",
                            folder.resolve("overlays")));
            return 0;
        }
    }
}
