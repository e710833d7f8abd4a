package org.elasticvision.convert.cli;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elastic models}: the zoo as a table. */
@Command(
        name = "models",
        description = "Lists the networks: parameters, GFLOPs (a multiply-add is one), and the released weight files. "
                + "Networks whose weights others published, and those for small pictures, follow at the end.")
public final class ModelsCommand implements ElasticCommand {
    /** What the figures of networks are given for that have no published input and classes. */
    private static final int SMALL_SIZE = 64;

    private static final int SMALL_CLASSES = 10;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Integer call() {
        List<Row> released = ReleasedModel.all().stream().map(Row::of).toList();
        List<Row> others = Architecture.all().stream()
                .filter(architecture -> !architecture.isPublished())
                .flatMap(ModelsCommand::others)
                .toList();
        List<Row> small = others.stream().filter(Row::isSmall).toList();
        List<Row> elsewhere = others.stream().filter(row -> !row.isSmall()).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(Stream.of(released, others)
                            .flatMap(List::stream)
                            .map(Row::fields)
                            .toList()));
        } else {
            for (Task task : Task.values()) {
                print(
                        out,
                        task,
                        released.stream().filter(row -> row.task() == task).toList());
            }
            if (!elsewhere.isEmpty()) {
                printOthers(
                        out,
                        "Published elsewhere, whose weights convert too: figures for the same classes and inputs as"
                                + " above",
                        elsewhere);
            }
            printOthers(
                    out,
                    String.format(
                            Locale.ROOT,
                            "Not published, for small pictures: figures for %d classes, input %dx%d",
                            SMALL_CLASSES,
                            SMALL_SIZE,
                            SMALL_SIZE),
                    small);
        }
        return 0;
    }

    /** The forms of an architecture that was not published. A multi-label classifier is a classifier. */
    private static Stream<Row> others(Architecture architecture) {
        return Stream.of(Task.CLASSIFICATION, Task.SEGMENTATION)
                .filter(architecture::supports)
                .map(task -> {
                    OptionalInt usual = architecture.inputSize(task);
                    return Row.of(
                            architecture.id(),
                            architecture,
                            task,
                            usual.isPresent()
                                    ? ReleasedModel.publishedLabels(task).size()
                                    : SMALL_CLASSES,
                            usual.orElse(SMALL_SIZE),
                            Optional.empty(),
                            Optional.empty());
                });
    }

    private static void print(PrintWriter out, Task task, List<Row> rows) {
        String heading =
                switch (task) {
                    case CLASSIFICATION -> "ImageNet classification";
                    case MULTI_LABEL -> "MSCOCO multi-label classification";
                    case SEGMENTATION -> "PASCAL VOC segmentation";
                };
        Row first = rows.get(0);
        String address = first.address().orElseThrow();
        out.printf("%s (%s): %,d classes, input %dx%d%n", heading, task, first.classes(), first.size(), first.size());
        out.printf("released at %s%n%n", address.substring(0, address.lastIndexOf('/') + 1));
        out.printf("  %-21s %11s %8s  %s%n", "architecture", "parameters", "GFLOPs", "released file");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "  %-21s %,11d %8.3f  %s%n",
                    row.architecture(),
                    row.parameters(),
                    row.flops() / 1e9,
                    row.file().orElse("(not released)"));
        }
        out.println();
    }

    private static void printOthers(PrintWriter out, String heading, List<Row> rows) {
        out.printf("%s%n%n", heading);
        out.printf("  %-21s %11s %8s  %s%n", "architecture", "parameters", "GFLOPs", "form");
        for (Row row : rows) {
            String form = row.task().isPerPixel() ? "segmentation" : "classification, multilabel";
            out.printf(
                    Locale.ROOT,
                    "  %-21s %,11d %8.3f  %s%n",
                    row.architecture(),
                    row.parameters(),
                    row.flops() / 1e9,
                    form);
        }
        out.println();
    }

    private record Row(
            String name,
            Architecture architecture,
            Task task,
            int classes,
            int size,
            Optional<String> file,
            Optional<String> address,
            long parameters,
            long flops) {
        static Row of(ReleasedModel model) {
            return of(
                    model.name(),
                    model.architecture(),
                    model.task(),
                    model.classes(),
                    ReleasedModel.publishedInputSize(model.task()),
                    model.file(),
                    model.address());
        }

        static Row of(
                String name,
                Architecture architecture,
                Task task,
                int classes,
                int size,
                Optional<String> file,
                Optional<String> address) {
            Network network = architecture.network(task, classes);
            ShapeOps ops = new ShapeOps();
            network.forward(ops, new Shape(3, size, size));
            return new Row(
                    name, architecture, task, classes, size, file, address, network.parameterCount(), ops.flops());
        }

        boolean isSmall() {
            return architecture.inputSize(task).isEmpty();
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.put("architecture", architecture.id());
            fields.put("task", task.id());
            fields.put("classes", classes);
            fields.put("input", new ArrayList<>(List.of(3, size, size)));
            fields.put("parameters", parameters);
            fields.put("flops", flops);
            file.ifPresent(file -> fields.put("file", file));
            address.ifPresent(address -> fields.put("address", address));
            return fields;
        }
    }
}
