package org.elasticvision.convert.cli;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.Shape;
import org.elasticvision.convert.zoo.ShapeOps;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elastic models}: the zoo as a table. */
@Command(
        name = "models",
        description =
                "Lists the published networks: parameters, GFLOPs (a multiply-add is one), and the released weight files.")
public final class ModelsCommand implements ElasticCommand {
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
        List<Row> rows = ReleasedModel.all().stream().map(Row::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(rows.stream().map(Row::fields).toList()));
        } else {
            for (Task task : Task.values()) {
                print(
                        out,
                        task,
                        rows.stream().filter(row -> row.model.task() == task).toList());
            }
        }
        return 0;
    }

    private static void print(PrintWriter out, Task task, List<Row> rows) {
        String heading =
                switch (task) {
                    case CLASSIFICATION -> "ImageNet classification";
                    case MULTI_LABEL -> "MSCOCO multi-label classification";
                    case SEGMENTATION -> "PASCAL VOC segmentation";
                };
        ReleasedModel first = rows.get(0).model;
        String address = first.address().orElseThrow();
        int size = ReleasedModel.publishedInputSize(task);
        out.printf("%s (%s): %,d classes, input %dx%d%n", heading, task, first.classes(), size, size);
        out.printf("released at %s%n%n", address.substring(0, address.lastIndexOf('/') + 1));
        out.printf("  %-21s %11s %8s  %s%n", "architecture", "parameters", "GFLOPs", "released file");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "  %-21s %,11d %8.3f  %s%n",
                    row.model.architecture(),
                    row.parameters,
                    row.flops / 1e9,
                    row.model.file().orElse("(not released)"));
        }
        out.println();
    }

    private record Row(ReleasedModel model, long parameters, long flops) {
        static Row of(ReleasedModel model) {
            Network network = model.network();
            ShapeOps ops = new ShapeOps();
            int size = ReleasedModel.publishedInputSize(model.task());
            network.forward(ops, new Shape(3, size, size));
            return new Row(model, network.parameterCount(), ops.flops());
        }

        Map<String, Object> fields() {
            int size = ReleasedModel.publishedInputSize(model.task());
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", model.name());
            fields.put("architecture", model.architecture().id());
            fields.put("task", model.task().id());
            fields.put("classes", model.classes());
            fields.put("input", new ArrayList<>(List.of(3, size, size)));
            fields.put("parameters", parameters);
            fields.put("flops", flops);
            model.file().ifPresent(file -> fields.put("file", file));
            model.address().ifPresent(address -> fields.put("address", address));
            return fields;
        }
    }
}
